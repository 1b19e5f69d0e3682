import HubSimulator
import SpaceModel

extension Routes {
  /// The large objects of a Space: listed, deleted for good (huggingface_hub 2.4.0, `list_lfs_files` and
  /// `permanently_delete_lfs_files`), made available to another Space (facts hub-api section 4.4).
  static let largeObjects: [Route] = [
    Route(
      "GET", "/api/spaces/{owner}/{name}/lfs-files", "lfs-files",
      .quick { call, core throws(Refusal) in
        let found = try core.world.largeObjects(of: try call.space(), for: call.caller)
        let offset = min(found.count, Paging.offset(call.item("cursor")))
        let end = min(found.count, offset + max(1, core.world.assumptions.number("list-limit")))
        return .json(
          .array(found[offset..<end].map(json)),
          headers: end < found.count ? [Paging.link(call, cursor: Paging.cursor(offset: end))] : [])
      }),
    Route("POST", "/api/spaces/{owner}/{name}/lfs-files/batch", "lfs-delete", .long(delete)),
    Route(
      "POST", "/api/spaces/{owner}/{name}/lfs-files/duplicate", "lfs-duplicate", writes: false,
      .quick { call, core throws(Refusal) in
        let body = try call.json()
        guard body["target"]?["type"]?.stringValue == "space",
          let target = body["target"]?["name"]?.stringValue.flatMap(SpaceID.init)
        else { throw .rejected("\"target\" must be a Space: this Hub keeps Spaces only") }
        let wanted = (body["files"]?.arrayValue ?? []).compactMap { $0["sha256"]?.stringValue }
        let answer = try core.world.duplicate(
          largeObjects: wanted, of: try call.space(), to: target, by: call.caller)
        return .json([
          "success": .bool(answer.failed.isEmpty), "processed": .int(wanted.count), "succeeded": .int(answer.succeeded.count),
          "failed": .array(
            answer.failed.map { ["sha256": .string($0), "error": "the source has no large file with this digest"] }),
        ])
      }),
  ]

  private static func json(_ object: LargeObject) -> JSONValue {
    [
      "fileOid": .string(object.sha256), "oid": .string(object.sha256), "filename": .string(object.path),
      "size": .int(object.size), "pushedAt": .string(object.pushed.description),
      "ref": object.reference.map(JSONValue.string) ?? .null,
    ]
  }

  private static func delete(_ call: Call, _ hub: Hub) async throws -> Answer {
    let id = try call.space()
    guard let deletions = try call.json()["deletions"], let names = deletions["sha"]?.arrayValue else {
      throw Refusal.rejected("\"deletions\" must name the digests of large files in \"sha\"")
    }
    let gone = try hub.core.withLock { core throws(Refusal) in
      try core.world.delete(
        largeObjects: Set(names.compactMap(\.stringValue)), rewritesHistory: deletions["rewriteHistory"]?.boolValue ?? true,
        of: id, by: call.caller, at: hub.clock.now)
    }
    for sha256 in gone { hub.objects.remove(sha256) }
    return .json([:])
  }
}
