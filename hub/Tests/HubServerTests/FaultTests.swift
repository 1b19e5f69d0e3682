import Foundation
import HubServer
import HubSimulator
import SpaceModel
import Testing

@Suite struct FaultTests {
  private func options(_ faults: String, _ assumed: String...) throws -> HubOptions {
    var assumptions = Assumptions()
    for text in assumed { try assumptions.set(text) }
    return HubOptions(port: 0, faults: try FaultPlan(faults), assumptions: assumptions)
  }

  @Test func aLostAnswerLeavesItsEffect() async throws {
    try await RunningHub.with(try options("commit:reset-after*1")) { hub in
      try await hub.create("chat")
      #expect(await hub.commit("chat", "a.txt", "1") == nil)
      #expect(await hub.send("GET", "/spaces/acme/chat/resolve/main/a.txt")?.text == "1")
      #expect(await hub.commit("chat", "a.txt", "2")?.status == 200)
    }
  }

  @Test func aResetBeforeLeavesNothing() async throws {
    try await RunningHub.with(try options("commit:reset-before*1")) { hub in
      try await hub.create("chat")
      #expect(await hub.commit("chat", "a.txt", "1") == nil)
      #expect(await hub.send("GET", "/spaces/acme/chat/resolve/main/a.txt")?.status == 404)
    }
  }

  @Test func aCountedFaultEndsAndAPathNamesIt() async throws {
    try await RunningHub.with(try options("GET /api/spaces/*/runtime:503*2")) { hub in
      try await hub.create("chat")
      let statuses = [
        await hub.send("GET", "/api/spaces/acme/chat/runtime")?.status,
        await hub.send("GET", "/api/spaces/acme/chat/runtime")?.status,
        await hub.send("GET", "/api/spaces/acme/chat/runtime")?.status,
      ]
      #expect(statuses == [503, 503, 200])
    }
  }

  @Test func bothKindsOf429AreToldApart() async throws {
    try await RunningHub.with(try options("info:429*1,info:429-action*1")) { hub in
      try await hub.create("chat")
      let quota = try #require(await hub.send("GET", "/api/spaces/acme/chat"))
      #expect(quota.status == 429)
      #expect(quota.headers["ratelimit"] == "\"api\";r=0;t=1")
      let action = try #require(await hub.send("GET", "/api/spaces/acme/chat"))
      #expect(action.status == 429)
      #expect(action.headers["ratelimit"]?.contains("r=0") == false)
    }
  }

  @Test func theQuotaRunsOut() async throws {
    try await RunningHub.with(try options("", "api-quota=3")) { hub in
      for _ in 1...3 { #expect(await hub.send("GET", "/api/whoami-v2")?.status == 200) }
      let reply = try #require(await hub.send("GET", "/api/whoami-v2"))
      #expect(reply.status == 429)
      #expect(reply.headers["retry-after"].flatMap { Int($0) } ?? 0 > 0)
      #expect(await hub.send("GET", "/api/whoami-v2", token: "hf_other")?.status == 200)
    }
  }

  @Test func twoCreatesOfOneAccountAtOnceAreRefused() async throws {
    try await RunningHub.with(try options("", "create-time=400")) { hub in
      async let first: Void = hub.create("one")
      try await Task.sleep(for: .milliseconds(100))
      let body = "{\"name\":\"two\",\"organization\":\"acme\",\"type\":\"space\",\"sdk\":\"static\"}"
      let second = try #require(await hub.send("POST", "/api/repos/create", body))
      #expect(second.status == 409)
      #expect(second.text.contains("another conflicting operation is in progress"))
      try await first
      #expect(await hub.send("POST", "/api/repos/create", body)?.status == 200)
    }
  }

  @Test func aSlowCallHoldsNobodyUp() async throws {
    try await RunningHub.with(try options("whoami:slow=2s*1")) { hub in
      let start = ContinuousClock.now
      async let slow = hub.send("GET", "/api/whoami-v2")
      try await Task.sleep(for: .milliseconds(100))
      #expect(await hub.send("GET", "/api/spaces/templates")?.status == 200)
      #expect(ContinuousClock.now - start < .seconds(1))
      #expect(await slow?.status == 200)
    }
  }

  @Test(arguments: ["commit", "commit:nothing", "commit:503*0", "commit:999"])
  func aSpecificationThatMeansNothingIsRefused(text: String) {
    #expect(throws: FaultPlan.Complaint.self) { try FaultPlan(text) }
  }
}
