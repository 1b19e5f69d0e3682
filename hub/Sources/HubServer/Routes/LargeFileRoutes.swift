import Cryptography
import HubSimulator
import SpaceModel

extension Routes {
  /// Git LFS: batch, upload, verify (facts hub-api section 4.4). Transfers are always `basic`.
  static let largeFiles: [Route] = [
    Route(
      "POST", "/spaces/{owner}/{name}.git/info/lfs/objects/batch", "lfs-batch", writes: false,
      .quick { call, core throws(Refusal) in
        let body = try call.json()
        let id = try call.space()
        let uploads = body["operation"]?.stringValue != "download"
        _ = try core.world.locate(id, for: call.caller, uploads ? .content : .read)
        let objects = (body["objects"]?.arrayValue ?? []).map { object in
          batchEntry(object, id, call, core.world, uploads: uploads)
        }
        return .json(
          ["transfer": "basic", "objects": .array(objects)])
      }),
    Route("PUT", "/lfs/{owner}/{name}/{oid}", "lfs-upload", bucket: .resolvers, .long(upload)),
    Route("GET", "/lfs/{owner}/{name}/{oid}", "lfs-download", bucket: .resolvers, .long(download)),
    Route(
      "POST", "/api/spaces/{owner}/{name}/lfs-verify", "lfs-verify", writes: false,
      .quick { call, core throws(Refusal) in
        let body = try call.json()
        _ = try core.world.locate(try call.space(), for: call.caller, .content)
        guard let oid = body["oid"]?.stringValue, core.world.largeObjects[oid] == body["size"]?.intValue else {
          throw Refusal(404, .notFound(.other), "The object is not stored")
        }
        return .json([:])
      }),
  ]

  private static func batchEntry(
    _ object: JSONValue, _ id: SpaceID, _ call: Call, _ world: World, uploads: Bool
  ) -> JSONValue {
    guard let oid = object["oid"]?.stringValue, oid.utf8.count == 64, let size = object["size"]?.intValue else {
      return ["oid": object["oid"] ?? .null, "size": 0, "error": ["code": 422, "message": "not an LFS object"]]
    }
    var members: [String: JSONValue] = ["oid": .string(oid), "size": .int(size)]
    let stored = world.largeObjects[oid] != nil
    let href = JSONValue.string("\(call.endpoint)/lfs/\(id)/\(oid)?signature=\(signature(oid, id))")
    if uploads, !stored {
      members["actions"] = [
        "upload": ["href": href], "verify": ["href": .string("\(call.endpoint)/api/spaces/\(id)/lfs-verify")],
      ]
    } else if !uploads {
      if stored {
        members["actions"] = ["download": ["href": href]]
      } else {
        members["error"] = ["code": 404, "message": "the object is not stored"]
      }
    }
    return .object(members)
  }

  /// Upload addresses are good without a token, as a store's signed addresses are; the signature only ties them to the batch call.
  private static func signature(_ oid: String, _ id: SpaceID) -> String {
    String(Digest.sha256Hex(Array("\(id) \(oid)".utf8)).prefix(32))
  }

  private static func upload(_ call: Call, _ hub: Hub) async throws -> Answer {
    let oid = call["oid"]
    guard call.item("signature") == signature(oid, try call.space()) else {
      throw Refusal(403, .forbidden, "The address was not given out by a batch call")
    }
    guard Digest.sha256Hex(call.body) == oid else { throw Refusal.rejected("The bytes are not those of \(oid)") }
    try hub.objects.write(call.body, oid)
    hub.core.withLock { core in core.world.store(largeObject: oid, size: call.body.count) }
    return Answer(headers: [("ETag", "\"\(oid)\"")], body: .bytes([]))
  }

  private static func download(_ call: Call, _ hub: Hub) async throws -> Answer {
    guard call.item("signature") == signature(call["oid"], try call.space()), let bytes = hub.objects.read(call["oid"])
    else { throw Refusal(404, .notFound(.other), "The object is not stored") }
    return Answer(headers: [("Content-Type", "application/octet-stream")], body: .bytes(bytes))
  }
}
