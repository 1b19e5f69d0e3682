import HubSimulator
import SpaceModel

extension Routes {
  /// Likes (huggingface_hub 2.4.0, `list_repo_likers` and `unlike`). The Hub lets nobody like by a script, so that likes come to be
  /// through the local Hub's own door.
  static let likes: [Route] = [
    Route(
      "GET", "/api/spaces/{owner}/{name}/likers", "likers",
      .quick { call, core throws(Refusal) in
        let found = try core.world.likers(of: try call.space(), for: call.caller)
        return .json(.array(found.map { .object(User.json($0.name)) }))
      }),
    Route(
      "DELETE", "/api/spaces/{owner}/{name}/like", "unlike",
      .quick { call, core throws(Refusal) in
        try core.world.unlike(try call.space(), by: call.caller, at: call.now)
        return .json([:])
      }),
    Route(
      "POST", "/_hub/like", "_like",
      .quick { call, core throws(Refusal) in
        let body = try call.json()
        guard let user = body["user"]?.stringValue else { throw .rejected("\"user\" is required") }
        try core.world.like(try administered(body), as: user, at: call.now)
        return .json([:])
      }),
  ]
}
