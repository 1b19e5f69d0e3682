import HubSimulator
import SpaceModel

extension Routes {
  /// Who may read the files of a gated Space (huggingface_hub 2.4.0, `_list_access_requests`, `_handle_access_request` and
  /// `grant_access`).
  static let gate: [Route] = [
    Route(
      "GET", "/api/spaces/{owner}/{name}/user-access-request/{status}", "access-requests",
      .quick { call, core throws(Refusal) in
        guard let status = AccessRequest.Status(rawValue: call["status"]) else {
          throw .rejected("a list of access requests is one of [pending, accepted, rejected]")
        }
        let found = try core.world.accessRequests(status, of: try call.space(), for: call.caller)
        return .json(.array(found.map { json($0, core.world) }))
      }),
    Route(
      "POST", "/api/spaces/{owner}/{name}/user-access-request/handle", "access-handle",
      .quick { call, core throws(Refusal) in
        let body = try call.json()
        guard let status = body["status"]?.stringValue.flatMap(AccessRequest.Status.init) else {
          throw .rejected("\"status\" must be one of [pending, accepted, rejected]")
        }
        let key: AccessRequestKey
        switch (body["user"]?.stringValue, body["requestId"]?.stringValue) {
        case (let user?, nil): key = .user(user)
        case (nil, let id?): key = .id(id)
        default: throw .rejected("either \"user\" or \"requestId\" is required")
        }
        try core.world.handleAccess(
          key, status, reason: body["rejectionReason"]?.stringValue, to: try call.space(), by: call.caller, at: call.now)
        return .json([:])
      }),
    Route(
      "POST", "/api/spaces/{owner}/{name}/user-access-request/grant", "access-grant",
      .quick { call, core throws(Refusal) in
        guard let user = try call.json()["user"]?.stringValue else { throw .rejected("\"user\" is required") }
        try core.world.grantAccess(to: user, of: try call.space(), by: call.caller, at: call.now)
        return .json([:])
      }),
    Route(
      "POST", "/_hub/access-request", "_access-request",
      .quick { call, core throws(Refusal) in
        let body = try call.json()
        guard let user = body["user"]?.stringValue else { throw .rejected("\"user\" is required") }
        let fields = body["fields"]?.objectValue?.mapValues { $0.stringValue ?? $0.canonicalText }
        let request = try core.world.askForAccess(
          to: try administered(body), as: user, fields: fields, at: call.now)
        return .json(json(request, core.world))
      }),
  ]

  private static func json(_ request: AccessRequest, _ world: World) -> JSONValue {
    var user = User.json(request.user)
    if !request.wasGranted { user["email"] = .string("\(request.user)@example.org") }
    var members: [String: JSONValue] = [
      "requestId": .string(request.id), "user": .object(user), "status": .string(request.status.rawValue),
      "timestamp": .string(request.date.description),
    ]
    if let fields = request.fields { members["fields"] = .object(fields.mapValues(JSONValue.string)) }
    if let reason = request.rejectionReason { members["rejectionReason"] = .string(reason) }
    return .object(members)
  }
}

/// A user as lists of people show one.
enum User {
  static func json(_ name: String) -> [String: JSONValue] {
    ["user": .string(name), "fullname": .string(name), "avatarUrl": ""]
  }
}
