import HubAPI
import HubSimulator
import SpaceModel

extension Routes {
  /// Reading and committing files (facts hub-api sections 4.1 to 4.3).
  static let content: [Route] = [
    Route(
      "POST", "/api/spaces/{owner}/{name}/preupload/{revision}", "preupload", writes: false,
      .quick { call, core throws(Refusal) in
        try refusePullRequest(call)
        let body = try call.json()
        guard let elements = body["files"]?.arrayValue else { throw .rejected("\"files\" must be an array") }
        var files: [(path: String, size: Int)] = []
        for element in elements {
          guard let path = element["path"]?.stringValue, let size = element["size"]?.intValue else {
            throw .rejected("each of \"files\" needs a \"path\" and a \"size\"")
          }
          files.append((path, size))
        }
        let answer = try core.world.preupload(
          files, gitIgnore: body["gitIgnore"]?.stringValue, gitAttributes: body["gitAttributes"]?.stringValue,
          to: try call.space(), revision: call["revision"], by: call.caller)
        return .json([
          "commitOid": answer.head.map(JSONValue.string) ?? .null,
          "files": .array(files.compactMap { path, _ in answer.files[path].map { mode(path, $0) } }),
        ])
      }),
    Route("POST", "/api/spaces/{owner}/{name}/commit/{revision}", "commit", .long(commit)),
    Route("GET", "/api/spaces/{owner}/{name}/tree/{revision}", "tree", .quick(tree)),
    Route("GET", "/api/spaces/{owner}/{name}/tree/{revision}/{*path}", "tree", .quick(tree)),
    Route("POST", "/api/spaces/{owner}/{name}/paths-info/{revision}", "paths-info", writes: false, .quick(pathsInfo)),
    Route(
      "GET", "/api/spaces/{owner}/{name}/treesize/{revision}/{*path}", "treesize",
      .quick { call, core throws(Refusal) in
        let commit = try core.world.commit(try call.space(), at: call["revision"], for: call.caller)
        let prefix = call["path"] + "/"
        let inside = commit.files.filter { $0.key == call["path"] || $0.key.hasPrefix(prefix) }
        return .json(["path": .string(call["path"]), "size": .int(inside.values.reduce(0) { $0 + $1.size })])
      }),
    Route("GET", "/spaces/{owner}/{name}/resolve/{revision}/{*path}", "resolve", bucket: .resolvers, .long(Files.resolve)),
    Route(
      "GET", "/api/resolve-cache/spaces/{owner}/{name}/{revision}/{*path}", "resolve", bucket: .resolvers,
      .long(Files.resolve)),
    Route("GET", "/spaces/{owner}/{name}/raw/{revision}/{*path}", "raw", bucket: .resolvers, .quick(Files.raw)),
  ]

  private static func mode(_ path: String, _ file: PreuploadAnswer.File) -> JSONValue {
    var members: [String: JSONValue] = [
      "path": .string(path), "uploadMode": .string(file.mode.rawValue), "shouldIgnore": .bool(file.shouldIgnore),
    ]
    if let existing = file.existing { members["oid"] = .string(existing) }
    return .object(members)
  }

  private static func refusePullRequest(_ call: Call) throws(Refusal) {
    guard call.flag("create_pr") else { return }
    throw .rejected("This Hub keeps no pull requests; commit to a branch, without create_pr")
  }

  // Digests are taken before the lock, so that a commit of a gigabyte holds nobody up.
  private static func commit(_ call: Call, _ hub: Hub) async throws -> Answer {
    try refusePullRequest(call)
    let id = try call.space()
    let prepared = try CommitReading.commit(
      call.body, contentType: call.headers["content-type"] ?? ""
    ) { oid in hub.core.withLock { $0.world.largeObjects[oid] } }
    let oid = try hub.core.withLock { core throws(Refusal) in
      try core.world.commit(prepared, to: id, branch: call["revision"], by: call.caller, at: hub.clock.now)
    }
    return .json([
      "success": true, "commitOid": .string(oid), "commitUrl": .string("\(call.endpoint)/spaces/\(id)/commit/\(oid)"),
      "hookOutput": "",
    ])
  }

  private static func tree(_ call: Call, _ core: inout Core) throws(Refusal) -> Answer {
    let id = try call.space()
    let commit = try core.world.commit(id, at: call["revision"], for: call.caller)
    let hubID = try core.world.locate(id, for: call.caller, .read)
    let folder = call.parameters["path"] ?? ""
    let expand = call.flag("expand")
    let listing = TreeListing(commit, core.world.assumptions)
    guard let entries = listing.entries(under: folder, recursive: call.flag("recursive")) else {
      throw Refusal(404, .notFound(.entry), "\(folder) does not exist on \"\(call["revision"])\"", code: "EntryNotFound")
    }
    let limit = min(expand ? 50 : 1000, max(1, call.item("limit").flatMap(Int.init) ?? 1000))
    let offset = min(entries.count, Paging.offset(call.item("cursor")))
    let end = min(entries.count, offset + limit)
    let commits = core.world.spaces[hubID]?.repository.commits ?? [:]
    let page = JSONValue.array(entries[offset..<end].map { listing.json($0, expandedBy: expand ? commits : nil) })
    return .json(page, headers: end < entries.count ? [Paging.link(call, cursor: Paging.cursor(offset: end))] : [])
  }

  private static func pathsInfo(_ call: Call, _ core: inout Core) throws(Refusal) -> Answer {
    let id = try call.space()
    var paths: [String]
    var expand = false
    if call.headers["content-type"]?.hasPrefix("application/json") == true {
      let body = try call.json()
      paths = (body["paths"]?.arrayValue ?? []).compactMap(\.stringValue)
      expand = body["expand"]?.boolValue ?? false
    } else {
      let items = Form.items(String(decoding: call.body, as: UTF8.self))
      paths = items.filter { $0.name == "paths" }.map(\.value)
      expand = items.contains { $0.name == "expand" && ["true", "True"].contains($0.value) }
    }
    guard paths.count <= 1000 else { throw Refusal(413, .rejected, "too many parameters") }
    let commit = try core.world.commit(id, at: call["revision"], for: call.caller)
    let hubID = try core.world.locate(id, for: call.caller, .read)
    let listing = TreeListing(commit, core.world.assumptions)
    let commits = core.world.spaces[hubID]?.repository.commits ?? [:]
    return .json(
      .array(paths.compactMap { listing.entry(at: $0) }.map { listing.json($0, expandedBy: expand ? commits : nil) }))
  }
}
