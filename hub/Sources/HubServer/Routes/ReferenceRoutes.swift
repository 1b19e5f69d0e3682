import HubSimulator
import SpaceModel

extension Routes {
  /// History, branches and tags (facts hub-api sections 4.1 and 4.5).
  static let references: [Route] = [
    Route(
      "GET", "/api/spaces/{owner}/{name}/commits/{revision}", "commits",
      .quick { call, core throws(Refusal) in
        let id = try call.space()
        let commit = try core.world.commit(id, at: call["revision"], for: call.caller)
        let hubID = try core.world.locate(id, for: call.caller, .read)
        let history = core.world.spaces[hubID]?.repository.history(from: commit.id) ?? []
        let limit = min(1000, max(1, call.item("limit").flatMap(Int.init) ?? 50))
        let page = max(0, call.item("p").flatMap(Int.init) ?? 0)
        let start = min(history.count, page * limit)
        let end = min(history.count, start + limit)
        var headers: [(name: String, value: String)] = [("X-Total-Count", String(history.count))]
        if end < history.count {
          let kept = call.query.split(separator: "&").filter { !$0.hasPrefix("p=") }
          let query = (kept + ["p=\(page + 1)"]).joined(separator: "&")
          headers.append(("Link", "<\(call.endpoint)\(call.path)?\(query)>; rel=\"next\""))
        }
        return .json(.array(history[start..<end].map(entry)), headers: headers)
      }),
    Route(
      "GET", "/api/spaces/{owner}/{name}/refs", "refs",
      .quick { call, core throws(Refusal) in
        let hubID = try core.world.locate(try call.space(), for: call.caller, .read)
        guard let repository = core.world.spaces[hubID]?.repository else { throw .repositoryNotFound(call.caller) }
        var members: [String: JSONValue] = [
          "branches": references(repository.branches, "refs/heads/"), "tags": references(repository.tags, "refs/tags/"),
          "converts": [],
        ]
        if call.flag("include_prs") { members["pullRequests"] = [] }
        return .json(.object(members))
      }),
    Route(
      "POST", "/api/spaces/{owner}/{name}/branch/{branch}", "branch",
      .quick { call, core throws(Refusal) in
        let body = try call.json()
        try core.world.createBranch(
          call["branch"], from: body["startingPoint"]?.stringValue, isEmpty: body["emptyBranch"]?.boolValue ?? false,
          overwrite: body["overwrite"]?.boolValue ?? false,
          on: try call.space(), by: call.caller, at: call.now)
        return .json([:])
      }),
    Route(
      "DELETE", "/api/spaces/{owner}/{name}/branch/{branch}", "branch",
      .quick { call, core throws(Refusal) in
        try core.world.deleteBranch(call["branch"], on: try call.space(), by: call.caller, at: call.now)
        return .json([:])
      }),
    Route(
      "POST", "/api/spaces/{owner}/{name}/tag/{revision}", "tag",
      .quick { call, core throws(Refusal) in
        let body = try call.json()
        guard let tag = body["tag"]?.stringValue else { throw .rejected("\"tag\" is required") }
        try core.world.createTag(
          tag, at: call["revision"], message: body["message"]?.stringValue, on: try call.space(), by: call.caller, at: call.now)
        return .json([:])
      }),
    Route(
      "DELETE", "/api/spaces/{owner}/{name}/tag/{tag}", "tag",
      .quick { call, core throws(Refusal) in
        try core.world.deleteTag(call["tag"], on: try call.space(), by: call.caller, at: call.now)
        return .json([:])
      }),
    Route(
      "POST", "/api/spaces/{owner}/{name}/super-squash/{branch}", "super-squash",
      .quick { call, core throws(Refusal) in
        let message = try call.json()["message"]?.stringValue ?? "Super-squash branch '\(call["branch"])'"
        let id = try core.world.squash(
          call["branch"], message: message, on: try call.space(), by: call.caller, at: call.now)
        return .json(["commitId": .string(id)])
      }),
  ]

  private static func entry(_ commit: Repository.Commit) -> JSONValue {
    [
      "id": .string(commit.id), "title": .string(commit.title), "message": .string(commit.message),
      "date": .string(commit.date.description), "authors": [["user": .string(commit.author)]],
    ]
  }

  private static func references(_ names: [String: String], _ prefix: String) -> JSONValue {
    .array(
      names.sorted { $0.key < $1.key }.map { name, commit in
        ["name": .string(name), "ref": .string(prefix + name), "targetCommit": .string(commit)]
      })
  }
}
