import HubAPI
import SpaceModel

// Facts hub-api section 2.8. The three spellings of the idle time on the wire (`sleepTimeSeconds`, `seconds`, `gcTimeout`) are
// the Hub's own.
extension HubClient {
  public func requestHardware(
    _ flavour: Flavour, sleepTime: SleepTime?, for id: SpaceID
  ) async throws(HubError) -> SpaceRuntime {
    var body: [String: JSONValue] = ["flavor": .string(flavour.rawValue)]
    body["sleepTimeSeconds"] = sleepTime.map { .int($0.wireSeconds) }
    return try await changeRuntime(of: id, "/hardware", .object(body))
  }

  public func setSleepTime(_ sleepTime: SleepTime, of id: SpaceID) async throws(HubError) -> SpaceRuntime {
    try await changeRuntime(of: id, "/sleeptime", ["seconds": .int(sleepTime.wireSeconds)])
  }

  /// The answer's form is not documented, so nothing is read from it.
  public func setReplicas(_ count: Int, of id: SpaceID) async throws(HubError) {
    _ = try await perform(.write(.post, id.apiPath + "/replicas", ["replicas": .int(count)], of: id))
  }

  public func setDevMode(_ enabled: Bool, of id: SpaceID) async throws(HubError) -> SpaceRuntime {
    try await changeRuntime(of: id, "/dev-mode", ["enabled": .bool(enabled)])
  }

  public func pause(_ id: SpaceID) async throws(HubError) -> SpaceRuntime {
    try await changeRuntime(of: id, "/pause", nil)
  }

  public func restart(_ id: SpaceID, factory: Bool) async throws(HubError) -> SpaceRuntime {
    try await changeRuntime(of: id, "/restart", nil, query: factory ? [(name: "factory", value: "true")] : [])
  }

  private func changeRuntime(
    of id: SpaceID, _ path: String, _ body: JSONValue?, query: [(name: String, value: String)] = []
  ) async throws(HubError) -> SpaceRuntime {
    var call = HubCall.write(.post, id.apiPath + path, body, of: id)
    call.query = query
    return try decode(SpaceRuntime.self, from: try await perform(call), call, expected: "a runtime")
  }
}
