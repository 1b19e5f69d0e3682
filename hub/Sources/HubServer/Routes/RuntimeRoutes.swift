import HubSimulator
import SpaceModel

extension Routes {
  /// Runtime and what changes it (facts hub-api section 2.8). Every action answers the runtime after it.
  static let runtime: [Route] = [
    Route("GET", "/api/spaces/{owner}/{name}/runtime", "runtime", .quick(showRuntime)),
    Route(
      "POST", "/api/spaces/{owner}/{name}/hardware", "hardware",
      .quick { call, core throws(Refusal) in
        let body = try call.json()
        guard let flavour = body["flavor"]?.stringValue else { throw .rejected("\"flavor\" is required") }
        try core.world.requestHardware(
          Flavour(rawValue: flavour), sleepSeconds: body["sleepTimeSeconds"]?.intValue, for: try call.space(),
          by: call.caller, at: call.now)
        return try showRuntime(call, &core)
      }),
    Route(
      "POST", "/api/spaces/{owner}/{name}/sleeptime", "sleeptime",
      .quick { call, core throws(Refusal) in
        guard let seconds = try call.json()["seconds"]?.intValue else { throw .rejected("\"seconds\" must be a number") }
        try core.world.setSleepTime(seconds, of: try call.space(), by: call.caller, at: call.now)
        return try showRuntime(call, &core)
      }),
    Route(
      "POST", "/api/spaces/{owner}/{name}/pause", "pause",
      .quick { call, core throws(Refusal) in
        try core.world.pause(try call.space(), by: call.caller, at: call.now)
        return try showRuntime(call, &core)
      }),
    Route(
      "POST", "/api/spaces/{owner}/{name}/restart", "restart",
      .quick { call, core throws(Refusal) in
        try core.world.restart(try call.space(), factory: call.flag("factory"), by: call.caller, at: call.now)
        return try showRuntime(call, &core)
      }),
    Route(
      "POST", "/api/spaces/{owner}/{name}/dev-mode", "dev-mode",
      .quick { call, core throws(Refusal) in
        guard let enabled = try call.json()["enabled"]?.boolValue else {
          throw .rejected("\"enabled\" must be true or false")
        }
        try core.world.setDevMode(enabled, of: try call.space(), by: call.caller, at: call.now)
        return try showRuntime(call, &core)
      }),
    Route(
      "POST", "/api/spaces/{owner}/{name}/replicas", "replicas",
      .quick { call, core throws(Refusal) in
        guard let count = try call.json()["replicas"]?.intValue else { throw .rejected("\"replicas\" must be a number") }
        try core.world.setReplicas(count, of: try call.space(), by: call.caller, at: call.now)
        return try showRuntime(call, &core)
      }),
  ]

  static func showRuntime(_ call: Call, _ core: inout Core) throws(Refusal) -> Answer {
    let hubID = try core.world.locate(try call.space(), for: call.caller, .read)
    guard let space = core.world.settled(hubID, at: call.now) else { throw .repositoryNotFound(call.caller) }
    // Of no real Hub: how often the app was begun to start, for whoever counts restarts.
    return .json(
      SpaceJSON.runtime(space, core.world.assumptions),
      headers: call.path.hasSuffix("/runtime") ? [("X-Spaceform-Hub-Starts", "\(space.life.starts)")] : [])
  }
}
