import HubAPI
import SpaceModel

/// The answer to a create (facts hub-api section 2.1).
private struct WireCreated: Decodable {
  var id: String
  var name: String?
  var url: String?
}

extension HubClient {
  public func createSpace(_ request: SpaceCreation) async throws(HubError) -> CreatedSpace {
    var call = HubCall.write(.post, "/api/repos/create", request.wire, of: nil)
    call.secrets = request.secrets.map(\.value)
    let created = try decode(WireCreated.self, from: try await perform(call), call, expected: "the new Space's id")
    return CreatedSpace(
      hubID: created.id, address: created.name.flatMap { SpaceID($0) } ?? request.id,
      url: created.url ?? "\(endpoint)/spaces/\(request.id)")
  }

  /// Facts hub-api section 2.2: the address is in a JSON body.
  public func deleteSpace(_ id: SpaceID) async throws(HubError) {
    let body: JSONValue = ["name": .string(id.name), "organization": .string(id.owner), "type": "space"]
    _ = try await perform(.write(.delete, "/api/repos/delete", body))
  }

  /// Facts hub-api section 2.3.
  public func moveSpace(_ id: SpaceID, to target: SpaceID) async throws(HubError) {
    let body: JSONValue = [
      "fromRepo": .string(id.description), "toRepo": .string(target.description), "type": "space",
    ]
    _ = try await perform(.write(.post, "/api/repos/move", body))
  }

  /// Facts hub-api section 2.4: fields left out are left alone.
  public func setVisibility(_ visibility: Visibility, of id: SpaceID) async throws(HubError) {
    _ = try await perform(
      .write(.put, id.apiPath + "/settings", ["visibility": .string(visibility.rawValue)], of: id))
  }

  /// Facts hub-api section 2.13; null takes the Space out of its group.
  public func setResourceGroup(_ group: String?, of id: SpaceID) async throws(HubError) {
    let value = group.map(JSONValue.string) ?? .null
    _ = try await perform(.write(.post, id.apiPath + "/resource-group", ["resourceGroupId": value], of: id))
  }
}

extension SpaceCreation {
  /// The create body (facts hub-api section 2.1): what is unset is not sent. The only place where the secrets of a new Space
  /// are revealed.
  var wire: JSONValue {
    var members: [String: JSONValue] = [
      "name": .string(id.name), "organization": .string(id.owner), "type": "space", "sdk": .string(sdk.rawValue),
      "visibility": .string(visibility.rawValue),
    ]
    members["hardware"] = hardware.map { .string($0.rawValue) }
    members["sleepTimeSeconds"] = sleepTime.map { .int($0.wireSeconds) }
    members["region"] = region.map { .string($0.rawValue) }
    members["resourceGroupId"] = resourceGroup.map(JSONValue.string)
    members["template"] = template.map(JSONValue.string)
    members["devModeEnabled"] = devMode.map(JSONValue.bool)
    if !variables.isEmpty {
      members["variables"] = .array(
        variables.map { variable in
          var entry: [String: JSONValue] = ["key": .string(variable.key), "value": .string(variable.value)]
          entry["description"] = variable.note.map(JSONValue.string)
          return .object(entry)
        })
    }
    if !secrets.isEmpty {
      members["secrets"] = .array(
        secrets.map { secret in ["key": .string(secret.key), "value": secret.value.reveal { .string($0) }] })
    }
    if !volumes.isEmpty { members["volumes"] = .array(volumes.map(\.wire)) }
    return .object(members)
  }
}
