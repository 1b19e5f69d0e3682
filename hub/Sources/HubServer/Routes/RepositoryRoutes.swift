import HubAPI
import HubSimulator
import SpaceModel

extension Routes {
  /// Create, delete, move, settings, duplicate, resource groups (facts hub-api sections 2.1 to 2.5 and 2.13).
  static let repository: [Route] = [
    Route("POST", "/api/repos/create", "create", .long(create)),
    Route(
      "DELETE", "/api/repos/delete", "delete",
      .quick { call, core throws(Refusal) in
        let body = try call.json()
        let id = try address(body, call)
        let hubID = try core.world.locate(id, for: call.caller, .ownership)
        try core.world.delete(id, by: call.caller)
        core.fragments.forget(hubID)
        return .text("OK")
      }),
    Route(
      "POST", "/api/repos/move", "move",
      .quick { call, core throws(Refusal) in
        let body = try call.json()
        guard body["type"]?.stringValue == "space", let from = body["fromRepo"]?.stringValue.flatMap(SpaceID.init),
          let to = body["toRepo"]?.stringValue.flatMap(SpaceID.init)
        else { throw .rejected("\"fromRepo\" and \"toRepo\" must be namespace/name of spaces") }
        try core.world.move(from, to: to, by: call.caller, at: call.now)
        return .text("OK")
      }),
    Route(
      "PUT", "/api/spaces/{owner}/{name}/settings", "settings",
      .quick { call, core throws(Refusal) in
        let body = try call.json()
        let change = try settings(body)
        try core.world.setSettings(change, of: try call.space(), by: call.caller, at: call.now)
        return .json(body)
      }),
    Route(
      "POST", "/api/spaces/{owner}/{name}/duplicate", "duplicate",
      .quick { call, core throws(Refusal) in
        let body = try call.json()
        guard let target = body["repository"]?.stringValue.flatMap(SpaceID.init) else {
          throw .rejected("\"repository\" must be namespace/name")
        }
        let request = try Creation(body: body, id: target)
        _ = try core.world.duplicate(try call.space(), as: request, by: call.caller, at: call.now)
        return .json(["url": .string("\(call.endpoint)/spaces/\(target)"), "filesCopyPending": false])
      }),
    Route(
      "GET", "/api/spaces/{owner}/{name}/duplicate/status", "duplicate-status",
      .quick { call, core throws(Refusal) in
        _ = try core.world.locate(try call.space(), for: call.caller, .read)
        return .json(["pending": false])
      }),
    Route(
      "GET", "/api/spaces/{owner}/{name}/resource-group", "resource-group",
      .quick { call, core throws(Refusal) in
        guard let group = try core.world.resourceGroup(of: try call.space(), for: call.caller) else {
          return .json(.null)
        }
        return .json(["id": .string(group.id), "name": .string(group.name ?? "")])
      }),
    Route(
      "POST", "/api/spaces/{owner}/{name}/resource-group", "resource-group",
      .quick { call, core throws(Refusal) in
        let id = try call.space()
        let group = try call.json()["resourceGroupId"]?.stringValue
        try core.world.setResourceGroup(group, of: id, by: call.caller, at: call.now)
        let hubID = try core.world.locate(id, for: call.caller, .read)
        return .json([
          "name": .string(id.description), "type": "space",
          "private": .bool(core.world.spaces[hubID]?.visibility != .public),
          "addedBy": .string(call.caller.account ?? ""),
        ])
      }),
  ]

  /// A create occupies its account for as long as it takes, and the Hub refuses a second one meanwhile.
  private static func create(_ call: Call, _ hub: Hub) async throws -> Answer {
    let body = try call.json()
    guard body["type"]?.stringValue == "space" else {
      throw Refusal.rejected("\"type\" must be space: this Hub keeps Spaces only")
    }
    let request = try Creation(body: body, id: try address(body, call))
    let account = call.caller.account ?? ""
    let takes = try hub.core.withLock { core throws(Refusal) in
      let takes = core.world.assumptions.number("create-time") + hub.options.latencyMilliseconds
      if takes > 0, core.world.assumptions["concurrent-creates"] == "refuse" {
        guard core.creating.insert(account).inserted else {
          throw Refusal(
            409, .busy, "Cannot create repo: another conflicting operation is in progress. Please try again later.")
        }
      }
      return takes
    }
    if takes > 0 { try? await Task.sleep(for: .milliseconds(takes)) }
    let (hubID, id) = try hub.core.withLock { core throws(Refusal) in
      core.creating.remove(account)
      let hubID = try core.world.create(request, by: call.caller, at: hub.clock.now)
      return (hubID, request.id)
    }
    return .json([
      "url": .string("\(call.endpoint)/spaces/\(id)"), "name": .string(id.description), "id": .string(hubID),
    ])
  }

  /// The address in a create's or delete's body: `organization` carries user names as well; without it the caller's own.
  private static func address(_ body: JSONValue, _ call: Call) throws(Refusal) -> SpaceID {
    guard let name = body["name"]?.stringValue else { throw .rejected("\"name\" is required") }
    guard let owner = body["organization"]?.stringValue ?? call.caller.account else { throw .noToken }
    if let type = body["type"]?.stringValue, type != "space" {
      throw Refusal(404, .notFound(.repository), "Repository not found", code: "RepoNotFound")
    }
    guard let id = SpaceID(owner: owner, name: name) else {
      throw .rejected("\"name\" \(name) is not a valid repository name")
    }
    return id
  }

  private static func settings(_ body: JSONValue) throws(Refusal) -> World.SettingsChange {
    var change = World.SettingsChange()
    if let text = body["visibility"]?.stringValue {
      guard let visibility = Visibility(rawValue: text) else {
        throw .rejected("\"visibility\" must be one of [public, private, protected]")
      }
      change.visibility = visibility
    } else if let isPrivate = body["private"]?.boolValue {
      change.visibility = isPrivate ? .private : .public
    }
    switch body["gated"] {
    case .bool(false): change.gated = "false"
    case .string(let text) where ["auto", "manual"].contains(text): change.gated = text
    case nil: break
    default: throw .rejected("\"gated\" must be one of [false, auto, manual]")
    }
    change.discussionsDisabled = body["discussionsDisabled"]?.boolValue
    return change
  }
}
