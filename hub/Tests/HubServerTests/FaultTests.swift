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
    try await RunningHub.with(try options("", "create-time=2000")) { hub in
      func body(_ name: String) -> String {
        "{\"name\":\"\(name)\",\"organization\":\"acme\",\"type\":\"space\",\"sdk\":\"static\"}"
      }
      async let one = hub.send("POST", "/api/repos/create", body("one"))
      async let two = hub.send("POST", "/api/repos/create", body("two"))
      let replies = try [#require(await one), #require(await two)].sorted { $0.status < $1.status }
      #expect(replies.map(\.status) == [200, 409])
      #expect(replies[1].text.contains("another conflicting operation is in progress"))
      #expect(await hub.send("POST", "/api/repos/create", body("three"))?.status == 200)
    }
  }

  @Test func aSlowCallHoldsNobodyUp() async throws {
    try await RunningHub.with(try options("whoami:slow=5s*1")) { hub in
      let answers = await withTaskGroup(of: String.self) { group in
        group.addTask { "slow \(await hub.send("GET", "/api/whoami-v2")?.status ?? 0)" }
        group.addTask { "quick \(await hub.send("GET", "/api/spaces/templates")?.status ?? 0)" }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(answers == ["quick 200", "slow 200"])
    }
  }

  @Test(arguments: ["commit", "commit:nothing", "commit:503*0", "commit:999"])
  func aSpecificationThatMeansNothingIsRefused(text: String) {
    #expect(throws: FaultPlan.Complaint.self) { try FaultPlan(text) }
  }
}
