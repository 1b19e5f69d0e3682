import HubAPI
import SpaceModel

extension Volume {
  /// The Hub's spelling (facts hub-api section 2.11).
  var wire: JSONValue {
    var members: [String: JSONValue] = [
      "type": .string(kind.rawValue), "source": .string(source), "mountPath": .string(mount), "readOnly": .bool(readOnly),
    ]
    members["revision"] = revision.map(JSONValue.string)
    members["path"] = path.map(JSONValue.string)
    return .object(members)
  }
}

extension HubClient {
  public func setVolumes(_ volumes: [Volume], of id: SpaceID) async throws(HubError) {
    let path = id.apiPath + "/volumes"
    guard volumes.isEmpty else {
      _ = try await perform(.write(.put, path, ["volumes": .array(volumes.map(\.wire))], of: id))
      return
    }
    do throws(HubError) {
      _ = try await perform(.write(.delete, path, of: id))
    } catch {
      // The Hub answers 400 when there is nothing to remove, which is what was asked for.
      guard error.status == 400, let attached = try? await runtime(of: id).volumes ?? [], attached.isEmpty else { throw error }
    }
  }
}
