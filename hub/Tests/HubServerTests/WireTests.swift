import Foundation
import HubAPI
import HubServer
import HubSimulator
import SpaceModel
import Testing

@Suite struct WireTests {
  @Test func everyAnswerCarriesRequestIdQuotaAndDate() async throws {
    try await RunningHub.with { hub in
      let reply = try #require(await hub.send("GET", "/api/whoami-v2", headers: ["X-Amzn-Trace-Id": "mine"]))
      #expect(reply.status == 200)
      #expect(reply.headers["x-request-id"]?.hasSuffix(";mine") == true)
      #expect(reply.headers["ratelimit"]?.hasPrefix("\"api\";r=5999;t=") == true)
      #expect(reply.headers["ratelimit-policy"] == "\"fixed window\";\"api\";q=6000;w=300")
      #expect(reply.headers["date"]?.hasSuffix(" GMT") == true)
      #expect(reply.json["auth"]?["accessToken"]?["role"] == "write")
    }
  }

  @Test func aCreateCarriesEverythingAndInfoGivesItBack() async throws {
    try await RunningHub.with { hub in
      try await hub.create(
        "chat",
        ",\"hardware\":\"t4-small\",\"sleepTimeSeconds\":3600,\"region\":\"eu\",\"resourceGroupId\":\"66670e5163145ca562cb1988\","
          + "\"variables\":[{\"key\":\"A\",\"value\":\"b\"}],\"secrets\":[{\"key\":\"S\",\"value\":\"canary\"}],"
          + "\"volumes\":[{\"type\":\"bucket\",\"source\":\"acme/data\",\"mountPath\":\"/data\"}]")
      let info = try #require(await hub.send("GET", "/api/spaces/acme/chat")).json
      #expect(info["region"] == "eu")
      #expect(info["resourceGroup"]?["name"] == "production")
      #expect(info["runtime"]?["hardware"]?["requested"] == "t4-small")
      #expect(info["runtime"]?["gcTimeout"] == 3600)
      #expect(info["runtime"]?["volumes"]?.arrayValue?.count == 1)
      let list = try #require(await hub.send("GET", "/api/spaces?author=acme&expand=runtime")).json
      #expect(list.arrayValue?.first?["runtime"]?["volumes"] == nil)
      let secrets = try #require(await hub.send("GET", "/api/spaces/acme/chat/secrets"))
      #expect(secrets.json["S"]?["key"] == "S")
      #expect(!secrets.text.contains("canary"))
    }
  }

  @Test func bothDoorsDescribeASpaceAlike() async throws {
    try await RunningHub.with { hub in
      try await hub.create("chat")
      let reply = try #require(await hub.send("GET", "/api/spaces/acme/chat"))
      var wire = try JSONDecoder().decode(SpaceInfo.self, from: Data(reply.body))
      let inside = SimulatedHub(clock: { Timestamp(milliseconds: 1_780_000_000_000) })
      let id = try #require(SpaceID("acme/chat"))
      _ = try await inside.createSpace(SpaceCreation(id: id, sdk: .docker, visibility: .private))
      let value = try await inside.space(id)
      wire.createdAt = value.createdAt
      wire.lastModified = value.lastModified
      wire.sha = value.sha
      // The served Hub's time runs on, and with it the stage.
      if let stage = value.runtime?.stage { wire.runtime?.stage = stage }
      #expect(wire == value)
    }
  }

  @Test func anExistingAddressAnswers409WithItsUrl() async throws {
    try await RunningHub.with { hub in
      try await hub.create("chat")
      let body = "{\"name\":\"chat\",\"organization\":\"acme\",\"type\":\"space\",\"sdk\":\"docker\"}"
      let reply = try #require(await hub.send("POST", "/api/repos/create", body))
      #expect(reply.status == 409)
      #expect(reply.json["url"] == .string("http://127.0.0.1:\(hub.port)/spaces/acme/chat"))
    }
  }

  @Test func missingAnswers404WithATokenAnd401Without() async throws {
    try await RunningHub.with { hub in
      let known = try #require(await hub.send("GET", "/api/spaces/acme/none"))
      #expect(known.status == 404)
      #expect(known.headers["x-error-code"] == "RepoNotFound")
      #expect(await hub.send("GET", "/api/spaces/acme/none", token: nil)?.status == 401)
      let wrong = try #require(await hub.send("GET", "/api/spaces/acme/none", token: "hf_wrong"))
      #expect(wrong.status == 401)
      #expect(wrong.headers["x-error-message"] == "Invalid credentials in Authorization header")
    }
  }

  @Test func pagesAreLinkedUntilTheLast() async throws {
    try await RunningHub.with { hub in
      #expect(await hub.send("POST", "/_hub/populate", "{\"owner\":\"acme\",\"count\":25}")?.status == 200)
      var path: String? = "/api/spaces?author=acme&limit=10&expand=sha"
      var seen: [String] = []
      while let next = path {
        let reply = try #require(await hub.send("GET", next))
        seen += (reply.json.arrayValue ?? []).compactMap { $0["id"]?.stringValue }
        let link = reply.headers["link"]?.split(separator: ">").first.map { $0.dropFirst() }
        path = link.map { String($0.dropFirst("http://127.0.0.1:\(hub.port)".count)) }
      }
      #expect(seen.count == 25)
      #expect(seen == seen.sorted())
    }
  }

  @Test func aStaleParentAnswers412() async throws {
    try await RunningHub.with { hub in
      try await hub.create("chat")
      let info = await hub.send("GET", "/api/spaces/acme/chat")
      let head = try #require(info?.json["sha"]?.stringValue)
      #expect(await hub.commit("chat", "a.txt", "1", parent: head)?.status == 200)
      #expect(await hub.commit("chat", "a.txt", "2", parent: head)?.status == 412)
    }
  }

  @Test func anOldAddressRedirectsReads() async throws {
    try await RunningHub.with { hub in
      try await hub.create("chat")
      let body = "{\"fromRepo\":\"acme/chat\",\"toRepo\":\"acme/talk\",\"type\":\"space\"}"
      #expect(await hub.send("POST", "/api/repos/move", body)?.status == 200)
      let reply = try #require(await hub.send("GET", "/api/spaces/acme/chat/runtime?x=1"))
      #expect(reply.status == 307)
      #expect(reply.headers["location"] == "http://127.0.0.1:\(hub.port)/api/spaces/acme/talk/runtime?x=1")
    }
  }

  @Test func filesHaveTagsRangesAndHeads() async throws {
    try await RunningHub.with { hub in
      try await hub.create("chat")
      _ = await hub.commit("chat", "a/b.txt", "0123456789")
      let whole = try #require(await hub.send("GET", "/spaces/acme/chat/resolve/main/a/b.txt"))
      #expect(whole.text == "0123456789")
      #expect(whole.headers["x-repo-commit"]?.count == 40)
      let part = try #require(
        await hub.send("GET", "/spaces/acme/chat/resolve/main/a/b.txt", headers: ["Range": "bytes=2-4"]))
      #expect(part.status == 206)
      #expect(part.text == "234")
      let head = try #require(await hub.send("HEAD", "/spaces/acme/chat/resolve/main/a/b.txt"))
      #expect(head.headers["content-length"] == "10")
      #expect(head.body.isEmpty)
      #expect(await hub.send("GET", "/spaces/acme/chat/resolve/main/none")?.headers["x-error-code"] == "EntryNotFound")
    }
  }

  @Test func logsStreamAndEndWhenTheSpaceRests() async throws {
    try await RunningHub.with(HubOptions(port: 0, speed: 50)) { hub in
      try await hub.create("chat")
      _ = await hub.commit("chat", "Dockerfile", "FROM scratch")
      let reply = try #require(await hub.send("GET", "/api/spaces/acme/chat/logs/run"))
      #expect(reply.headers["content-type"]?.hasPrefix("text/event-stream") == true)
      #expect(reply.text.contains("Running on http://0.0.0.0:7860"))
    }
  }

  @Test func badBodiesAreRefusedInWords() async throws {
    try await RunningHub.with { hub in
      try await hub.create("chat")
      for body in ["{", "[]", "{\"key\":1}"] {
        let reply = try #require(await hub.send("POST", "/api/spaces/acme/chat/variables", body))
        #expect(reply.status == 400)
        #expect(reply.json["error"]?.stringValue?.isEmpty == false)
      }
      #expect(await hub.send("GET", "/api/spaces?author=acme&expand=visibility")?.status == 400)
      #expect(await hub.send("GET", "/api/nothing")?.status == 404)
    }
  }
}
