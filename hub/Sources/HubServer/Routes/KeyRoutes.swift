import Cryptography
import HubAPI
import HubSimulator
import SpaceModel

extension Routes {
  /// Variables, secrets and volumes (facts hub-api sections 2.9 to 2.11).
  static let keys: [Route] = [
    Route("GET", "/api/spaces/{owner}/{name}/variables", "variables", .quick(showVariables)),
    Route(
      "POST", "/api/spaces/{owner}/{name}/variables", "variables",
      .quick { call, core throws(Refusal) in
        let body = try call.json()
        try core.world.setVariable(
          try key(body), value: body["value"]?.stringValue ?? "", note: body["description"]?.stringValue,
          of: try call.space(), by: call.caller, at: call.now)
        return try showVariables(call, &core)
      }),
    Route(
      "DELETE", "/api/spaces/{owner}/{name}/variables", "variables",
      .quick { call, core throws(Refusal) in
        try core.world.deleteVariable(try key(try call.json()), of: try call.space(), by: call.caller, at: call.now)
        return try showVariables(call, &core)
      }),
    Route(
      "GET", "/api/spaces/{owner}/{name}/secrets", "secrets",
      .quick { call, core throws(Refusal) in
        let secrets = try core.world.secrets(of: try call.space(), for: call.caller)
        return .json(
          .object(
            Dictionary(
              uniqueKeysWithValues: secrets.map { name, secret in
                (name, described(name, secret.description, secret.updatedAt, value: nil))
              })))
      }),
    Route(
      "POST", "/api/spaces/{owner}/{name}/secrets", "secrets",
      .quick { call, core throws(Refusal) in
        let body = try call.json()
        let digest = Digest.sha256Hex(Array((body["value"]?.stringValue ?? "").utf8))
        try core.world.setSecret(
          try key(body), sha256: digest, note: body["description"]?.stringValue, of: try call.space(), by: call.caller,
          at: call.now)
        return .json([:])
      }),
    Route(
      "DELETE", "/api/spaces/{owner}/{name}/secrets", "secrets",
      .quick { call, core throws(Refusal) in
        try core.world.deleteSecret(try key(try call.json()), of: try call.space(), by: call.caller, at: call.now)
        return .json([:])
      }),
    Route(
      "PUT", "/api/spaces/{owner}/{name}/volumes", "volumes",
      .quick { call, core throws(Refusal) in
        let volumes = try WireVolume.list(try call.json()["volumes"])
        try core.world.setVolumes(volumes, of: try call.space(), by: call.caller, at: call.now)
        return .json([:])
      }),
    Route(
      "DELETE", "/api/spaces/{owner}/{name}/volumes", "volumes",
      .quick { call, core throws(Refusal) in
        try core.world.deleteVolumes(of: try call.space(), by: call.caller, at: call.now)
        return .json([:])
      }),
  ]

  private static func showVariables(_ call: Call, _ core: inout Core) throws(Refusal) -> Answer {
    let variables = try core.world.variables(of: try call.space(), for: call.caller)
    return .json(
      .object(
        Dictionary(
          uniqueKeysWithValues: variables.map { name, variable in
            (name, described(name, variable.description, variable.updatedAt, value: variable.value))
          })))
  }

  private static func described(_ key: String, _ note: String?, _ time: Timestamp?, value: String?) -> JSONValue {
    var members: [String: JSONValue] = ["key": .string(key)]
    if let value { members["value"] = .string(value) }
    if let note { members["description"] = .string(note) }
    if let time { members["updatedAt"] = .string(time.description) }
    return .object(members)
  }

  private static func key(_ body: JSONValue) throws(Refusal) -> String {
    guard let key = body["key"]?.stringValue else { throw .rejected("\"key\" is required") }
    return key
  }
}
