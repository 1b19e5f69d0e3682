import HubAPI
import SpaceModel

// Facts hub-api sections 2.9 and 2.10. The maps that writes answer with are not read: a write that got its 200 has happened.
extension HubClient {
  public func variables(of id: SpaceID) async throws(HubError) -> [String: LiveVariable] {
    let call = HubCall.get(id.apiPath + "/variables", of: id)
    return try decode([String: LiveVariable].self, from: try await perform(call), call, expected: "variables by name")
  }

  public func secrets(of id: SpaceID) async throws(HubError) -> [String: LiveSecret] {
    let call = HubCall.get(id.apiPath + "/secrets", of: id)
    return try decode([String: LiveSecret].self, from: try await perform(call), call, expected: "secrets by name")
  }

  public func setVariable(_ key: String, value: String, note: String?, of id: SpaceID) async throws(HubError) {
    var body: [String: JSONValue] = ["key": .string(key), "value": .string(value)]
    body["description"] = note.map(JSONValue.string)
    _ = try await perform(.write(.post, id.apiPath + "/variables", .object(body), of: id))
  }

  public func deleteVariable(_ key: String, of id: SpaceID) async throws(HubError) {
    _ = try await perform(.write(.delete, id.apiPath + "/variables", ["key": .string(key)], of: id))
  }

  public func setSecret(_ key: String, value: Secret, of id: SpaceID) async throws(HubError) {
    let body: JSONValue = ["key": .string(key), "value": value.reveal { .string($0) }]
    var call = HubCall.write(.post, id.apiPath + "/secrets", body, of: id)
    call.secrets = [value]
    _ = try await perform(call)
  }

  public func deleteSecret(_ key: String, of id: SpaceID) async throws(HubError) {
    _ = try await perform(.write(.delete, id.apiPath + "/secrets", ["key": .string(key)], of: id))
  }
}
