import HubServer
import HubSimulator
import SpaceModel
import Testing

/// Limits and conditional reads as they are on the wire.
@Suite struct ActionLimitTests {
  private func options(_ assumed: String...) throws -> HubOptions {
    var assumptions = Assumptions()
    for text in assumed { try assumptions.set(text) }
    return HubOptions(port: 0, assumptions: assumptions)
  }

  @Test func beyondACreateLimitTheRequestQuotaIsStillThere() async throws {
    try await RunningHub.with(try options("create-quota=1")) { hub in
      try await hub.create("one")
      let reply = try #require(
        await hub.send(
          "POST", "/api/repos/create",
          "{\"name\":\"two\",\"organization\":\"acme\",\"type\":\"space\",\"sdk\":\"docker\"}"))
      #expect(reply.status == 429)
      #expect(reply.headers["retry-after"].flatMap { Int($0) } ?? 0 > 0)
      #expect(reply.headers["ratelimit"]?.contains("r=0") == false)
      #expect(await hub.send("GET", "/api/spaces/acme/two")?.status == 404)
      #expect(await hub.commit("one", "a.txt", "1")?.status == 200)
    }
  }

  @Test func beyondACommitLimitNothingIsCommitted() async throws {
    try await RunningHub.with(try options("commit-quota=1")) { hub in
      try await hub.create("one")
      #expect(await hub.commit("one", "a.txt", "1")?.status == 200)
      #expect(await hub.commit("one", "a.txt", "2")?.status == 429)
      #expect(await hub.send("GET", "/spaces/acme/one/resolve/main/a.txt")?.text == "1")
    }
  }

  @Test func aFileThatIsKnownIsNotSentAgain() async throws {
    try await RunningHub.with { hub in
      try await hub.create("chat")
      _ = await hub.commit("chat", "a.txt", "1")
      let path = "/spaces/acme/chat/resolve/main/a.txt"
      let tag = try #require(await hub.send("GET", path)?.headers["etag"])
      let again = try #require(await hub.send("GET", path, headers: ["If-None-Match": tag]))
      #expect(again.status == 304)
      #expect(again.body == [])
      #expect(again.headers["etag"] == tag)
      _ = await hub.commit("chat", "a.txt", "2")
      #expect(await hub.send("GET", path, headers: ["If-None-Match": tag])?.text == "2")
    }
  }

  @Test func answersInJSONHaveATagWhenThatIsAssumed() async throws {
    try await RunningHub.with { hub in
      try await hub.create("chat")
      #expect(await hub.send("GET", "/api/spaces/acme/chat")?.headers["etag"] == nil)
    }
    try await RunningHub.with(try options("api-etag=yes")) { hub in
      try await hub.create("chat")
      let path = "/api/spaces/acme/chat/variables"
      let tag = try #require(await hub.send("GET", path)?.headers["etag"])
      #expect(await hub.send("GET", path, headers: ["If-None-Match": "\"other\", \(tag)"])?.status == 304)
      #expect(await hub.send("POST", path, "{\"key\":\"A\",\"value\":\"b\"}")?.status == 200)
      #expect(await hub.send("GET", path, headers: ["If-None-Match": tag])?.status == 200)
    }
  }
}
