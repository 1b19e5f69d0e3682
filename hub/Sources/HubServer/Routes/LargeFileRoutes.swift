import Cryptography
import HubSimulator
import SpaceModel

extension Routes {
  /// Git LFS: batch, upload whole or in parts, verify (facts hub-api section 4.4). Bytes go to disk as they come.
  static let largeFiles: [Route] = [
    Route(
      "POST", "/spaces/{owner}/{name}.git/info/lfs/objects/batch", "lfs-batch", writes: false,
      .quick { call, core throws(Refusal) in
        let body = try call.json()
        let id = try call.space()
        let uploads = body["operation"]?.stringValue != "download"
        _ = try core.world.locate(id, for: call.caller, uploads ? .content : .files)
        let inParts = (body["transfers"]?.arrayValue ?? []).contains { $0.stringValue == "multipart" }
        let objects = (body["objects"]?.arrayValue ?? []).map { object in
          LargeFiles.entry(object, id, call, core.world, uploads: uploads, inParts: inParts)
        }
        return .json(
          [
            "transfer": .string(LargeFiles.isMultipart(objects) ? "multipart" : "basic"), "objects": .array(objects),
          ])
      }),
    Route(
      "PUT", "/lfs/{owner}/{name}/{oid}", "lfs-upload", bucket: .resolvers, takesFile: true, .long(LargeFiles.upload)),
    Route(
      "PUT", "/lfs/{owner}/{name}/{oid}/parts/{part}", "lfs-part", bucket: .resolvers, takesFile: true,
      .long(LargeFiles.uploadPart)),
    Route("POST", "/lfs/{owner}/{name}/{oid}", "lfs-complete", bucket: .resolvers, .long(LargeFiles.complete)),
    Route("GET", "/lfs/{owner}/{name}/{oid}", "lfs-download", bucket: .resolvers, .long(LargeFiles.download)),
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
}

/// What a store of LFS objects does. Its addresses are good without a token, as a store's signed addresses are; the signature only
/// ties them to the batch call.
enum LargeFiles {
  static func entry(
    _ object: JSONValue, _ id: SpaceID, _ call: Call, _ world: World, uploads: Bool, inParts: Bool
  ) -> JSONValue {
    guard let oid = object["oid"]?.stringValue, oid.utf8.count == 64, let size = object["size"]?.intValue, size >= 0 else {
      return ["oid": object["oid"] ?? .null, "size": 0, "error": ["code": 422, "message": "not an LFS object"]]
    }
    var members: [String: JSONValue] = ["oid": .string(oid), "size": .int(size)]
    let stored = world.largeObjects[oid] != nil
    let base = "\(call.endpoint)/lfs/\(id)/\(oid)"
    let query = "?signature=\(signature(oid, id))"
    var upload: [String: JSONValue] = ["href": .string(base + query)]
    let partSize = world.assumptions.number("lfs-part-size")
    if inParts, partSize > 0, size > partSize {
      let numbers = 1...((size + partSize - 1) / partSize)
      var header = Dictionary(
        uniqueKeysWithValues: numbers.map { (String($0), JSONValue.string("\(base)/parts/\($0)\(query)")) })
      header["chunk_size"] = .string(String(partSize))
      upload["header"] = .object(header)
    }
    if uploads, !stored {
      members["actions"] = [
        "upload": .object(upload), "verify": ["href": .string("\(call.endpoint)/api/spaces/\(id)/lfs-verify")],
      ]
    } else if !uploads {
      if stored {
        members["actions"] = ["download": ["href": .string(base + query)]]
      } else {
        members["error"] = ["code": 404, "message": "the object is not stored"]
      }
    }
    return .object(members)
  }

  static func isMultipart(_ objects: [JSONValue]) -> Bool {
    objects.contains { $0["actions"]?["upload"]?["header"]?["chunk_size"] != nil }
  }

  private static func signature(_ oid: String, _ id: SpaceID) -> String {
    String(Digest.sha256Hex(Array("\(id) \(oid)".utf8)).prefix(32))
  }

  private static func checkSignature(_ call: Call) throws {
    guard call.item("signature") == signature(call["oid"], try call.space()) else {
      throw Refusal(403, .forbidden, "The address was not given out by a batch call")
    }
  }

  static func upload(_ call: Call, _ hub: Hub) async throws -> Answer {
    try checkSignature(call)
    guard let body = call.received else { throw Refusal.rejected("The request has no body") }
    return try store(body, as: call["oid"], hub)
  }

  static func uploadPart(_ call: Call, _ hub: Hub) async throws -> Answer {
    try checkSignature(call)
    guard let number = Int(call["part"]), number > 0, let body = call.received else {
      throw Refusal.rejected("\(call["part"]) is not the number of a part")
    }
    hub.objects.keep(body, asPart: number, of: call["oid"])
    return Answer(headers: [("ETag", tag(body))], body: .bytes([]))
  }

  /// Puts the parts together that the body names, each with the ETag it was stored under.
  static func complete(_ call: Call, _ hub: Hub) async throws -> Answer {
    try checkSignature(call)
    // A client whose answer was lost asks again.
    if hub.core.withLock({ $0.world.largeObjects[call["oid"]] }) != nil { return Answer(body: .bytes([])) }
    let parts = (try call.json()["parts"]?.arrayValue ?? []).map { part in
      (number: part["partNumber"]?.intValue ?? 0, sha256: (part["etag"]?.stringValue ?? "").filter { $0 != "\"" })
    }
    guard let whole = try hub.objects.assemble(call["oid"], parts) else {
      throw Refusal.rejected("A part of \(call["oid"]) is not stored, or has another ETag")
    }
    let answer = try store(whole, as: call["oid"], hub)
    hub.objects.forgetParts(of: call["oid"])
    return answer
  }

  private static func store(_ body: ReceivedBody, as oid: String, _ hub: Hub) throws -> Answer {
    guard body.sha256 == oid else { throw Refusal.rejected("The bytes are not those of \(oid)") }
    try hub.objects.keep(body, as: oid)
    hub.core.withLock { core in core.world.store(largeObject: oid, size: body.size) }
    return Answer(headers: [("ETag", tag(body))], body: .bytes([]))
  }

  private static func tag(_ body: ReceivedBody) -> String { "\"\(body.sha256)\"" }

  static func download(_ call: Call, _ hub: Hub) async throws -> Answer {
    guard call.item("signature") == signature(call["oid"], try call.space()), let object = hub.objects.object(call["oid"])
    else { throw Refusal(404, .notFound(.other), "The object is not stored") }
    return Answer(headers: [("Content-Type", "application/octet-stream")], body: .object(object, 0..<object.size))
  }
}
