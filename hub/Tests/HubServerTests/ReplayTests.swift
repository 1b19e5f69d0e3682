import HubServer
import Testing

/// The same seed and the same calls meet the same faults.
@Suite struct ReplayTests {
  /// The faults of three hundred calls to three paths.
  private func faults(seed: UInt64, order: [String] = ["a", "b", "c"]) throws -> [String: [Bool]] {
    var plan = try FaultPlan("*:503%30", seed: seed)
    var met: [String: [Bool]] = [:]
    for _ in 1...100 {
      for name in order { met[name, default: []].append(plan.next(method: "GET", path: "/\(name)", name: name) != nil) }
    }
    return met
  }

  @Test func aSeedDecidesWhichCallsFail() throws {
    let first = try faults(seed: 7)
    #expect(try faults(seed: 7) == first)
    #expect(try faults(seed: 8) != first)
    let hits = first.values.joined().count { $0 }
    #expect((60...120).contains(hits), "30 % of 300 are 90, and \(hits) failed")
  }

  @Test func theOrderOfCallsToDifferentPathsDoesNotMatter() throws {
    #expect(try faults(seed: 7, order: ["c", "a", "b"]) == faults(seed: 7))
  }

  @Test func aRunningHubPlaysThemAgainAndTellsWhatItPlayed() async throws {
    @Sendable func statuses(_ hub: RunningHub) async -> [Int?] {
      var found: [Int?] = []
      for name in ["whoami-v2", "spaces/templates"] {
        for _ in 1...20 { found.append(await hub.send("GET", "/api/\(name)")?.status) }
      }
      return found
    }
    try await RunningHub.with { hub in
      let order = "{\"faults\":\"GET /api/*:503%40\",\"seed\":11}"
      #expect(await hub.send("POST", "/_hub/faults", order)?.status == 200)
      let first = await statuses(hub)
      let told = try #require(await hub.send("GET", "/_hub/faults")).json
      #expect(told["played"]?.arrayValue?.count == first.count { $0 == 503 })
      #expect(told["seed"]?.intValue == 11)
      #expect(first.contains(503) && first.contains(200))
      _ = await hub.send("POST", "/_hub/faults", order)
      #expect(await statuses(hub) == first)
    }
  }

  @Test(arguments: FaultKind.entries)
  func everyExampleOfAKindIsUnderstood(entry: FaultKind.Entry) throws {
    let plan = try FaultPlan(entry.example)
    #expect(plan.text == entry.example)
  }
}
