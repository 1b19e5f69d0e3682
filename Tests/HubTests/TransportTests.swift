import Diagnostics
import Foundation
import HubAPI
import SpaceModel
import Testing

@testable import Hub

private let runtimeJSON = #"{"stage":"RUNNING","hardware":{"current":"cpu-basic","requested":"cpu-basic"}}"#

@Suite(.timeLimit(.minutes(1))) struct TransportTests {
  @Test func everyCallCarriesTheTokenTheProgramsNameAndItsOwnId() async throws {
    let bench = try Bench { _ in .answer(200, runtimeJSON) }
    defer { bench.server.stop() }
    _ = try await bench.client.runtime(of: Bench.space)
    _ = try await bench.client.runtime(of: Bench.space)
    let requests = bench.server.requests
    #expect(requests.count == 2)
    #expect(requests[0].target == "/api/spaces/acme/chat/runtime")
    #expect(requests[0].headers["authorization"] == "Bearer hf_test_token")
    #expect(requests[0].headers["user-agent"] == "spaceform/\(SpaceformVersion.current)")
    #expect(requests[0].headers["accept-encoding"] == "gzip")
    #expect(requests[0].headers["x-amzn-trace-id"].flatMap { UUID(uuidString: $0) } != nil)
    #expect(requests[0].headers["x-amzn-trace-id"] != requests[1].headers["x-amzn-trace-id"])
    #expect(requests.map(\.connection) == [0, 0], "the connection is used again")
  }

  @Test func aPrefixInTheEndpointStays() async throws {
    let bench = try Bench(path: "/hub/") { _ in .answer(200, runtimeJSON) }
    defer { bench.server.stop() }
    _ = try await bench.client.runtime(of: Bench.space)
    #expect(bench.server.requests[0].target == "/hub/api/spaces/acme/chat/runtime")
  }

  @Test func offlineNothingIsSent() async throws {
    let bench = try Bench(environment: ["HF_HUB_OFFLINE": "1"]) { _ in .answer(200, runtimeJSON) }
    defer { bench.server.stop() }
    let error = await bench.failure { client throws(HubError) in try await client.pause(Bench.space) }
    #expect(error?.kind == .transport)
    #expect(error?.message.contains("HF_HUB_OFFLINE") == true)
    #expect(error?.outcomeUnknown == false)
    #expect(bench.server.requests.isEmpty)
  }

  @Test func aReadIsRepeatedUntilItSucceeds() async throws {
    let bench = try Bench { request in
      switch request.index {
      case 0: .answer(503, "down")
      case 1: .reset
      case 2: .close
      default: .answer(200, runtimeJSON)
      }
    }
    defer { bench.server.stop() }
    #expect(try await bench.client.runtime(of: Bench.space).stage == .running)
    // The reset met a reused connection, which libcurl replaces at once for what may be repeated; the others are waited out.
    #expect(bench.server.requests.count == 4)
    #expect(bench.time.waits == [1, 2])
  }

  @Test func aReadThatNeverSucceedsEndsAfterSixTries() async throws {
    let bench = try Bench { _ in .answer(502, "<html>bad gateway</html>", ["content-type": "text/html"]) }
    defer { bench.server.stop() }
    let error = await bench.failure { client throws(HubError) in try await client.runtime(of: Bench.space) }
    #expect(error?.kind == .server)
    #expect(error?.status == 502)
    #expect(error?.outcomeUnknown == false)
    #expect(error?.call == "GET /api/spaces/acme/chat/runtime")
    #expect(bench.server.requests.count == 6)
    #expect(bench.time.waits == [1, 2, 4, 8, 8])
  }

  @Test func tooManyCallsAreWaitedOutByReadsAndWritesAlike() async throws {
    let bench = try Bench { request in
      request.index % 2 == 0
        ? .answer(429, "{}", ["ratelimit": "\"api\";r=0;t=7"])
        : .answer(200, runtimeJSON, ["ratelimit": "\"api\";r=50;t=300"])
    }
    defer { bench.server.stop() }
    _ = try await bench.client.runtime(of: Bench.space)
    _ = try await bench.client.pause(Bench.space)
    #expect(bench.server.requests.map(\.method) == ["GET", "GET", "POST", "POST"])
    #expect(bench.time.waits == [8, 8])
  }

  @Test func callsWaitForTheNextWindowBeforeTheHubRefusesThem() async throws {
    let bench = try Bench { request in
      .answer(200, runtimeJSON, ["ratelimit": request.index == 0 ? "\"api\";r=0;t=20" : "\"api\";r=99;t=300"])
    }
    defer { bench.server.stop() }
    _ = try await bench.client.runtime(of: Bench.space)
    #expect(bench.time.waits.isEmpty)
    _ = try await bench.client.runtime(of: Bench.space)
    #expect(bench.time.waits == [21])
    #expect(await bench.client.quota == Quota(remaining: 99, resetsIn: 300))
  }

  struct Lost: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var reply: ScriptedServer.Reply
    var words: String
  }

  @Test(arguments: [
    Lost(testDescription: "closed", reply: .close, words: "closed the connection without an answer"),
    Lost(testDescription: "reset", reply: .reset, words: "was lost"),
    Lost(
      testDescription: "cut off", reply: .rawThenClose("HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n{"), words: "ended early"),
    Lost(testDescription: "garbage", reply: .rawThenClose("\u{1}\u{2}garbage\r\n\r\n"), words: "not HTTP"),
    Lost(
      testDescription: "bad gzip", reply: .answer(200, "not gzip", ["content-encoding": "gzip"]),
      words: "could not be decompressed"),
  ])
  func aWriteWhoseAnswerIsLostIsSentOnceAndItsOutcomeIsUnknown(_ lost: Lost) async throws {
    let bench = try Bench { _ in lost.reply }
    defer { bench.server.stop() }
    let error = await bench.failure { client throws(HubError) in
      try await client.setVariable("KEY", value: "v", note: nil, of: Bench.space)
    }
    #expect(error?.kind == .transport)
    #expect(error?.outcomeUnknown == true)
    #expect(error?.message.contains(lost.words) == true, "\(error?.message ?? "")")
    #expect(error?.message.contains("127.0.0.1") == true)
    #expect(bench.server.requests.count == 1)
    #expect(bench.time.waits.isEmpty)
  }

  @Test(arguments: [true, false])
  func aWriteOnAConnectionThatDiesIsNotSentAgainBehindOurBack(_ withBody: Bool) async throws {
    // The first answer keeps the connection open; the next request on it gets no answer.
    let bench = try Bench { request in request.method == "GET" ? .answer(200, runtimeJSON) : .close }
    defer { bench.server.stop() }
    _ = try await bench.client.runtime(of: Bench.space)
    let error = await bench.failure { client throws(HubError) in
      if withBody {
        try await client.setReplicas(2, of: Bench.space)
      } else {
        _ = try await client.pause(Bench.space)
      }
    }
    #expect(error?.outcomeUnknown == true)
    #expect(bench.server.requests.map(\.method) == ["GET", "POST"])
  }

  @Test func aWriteToNobodyCertainlyDidNotHappen() async throws {
    let bench = try Bench { _ in .close }
    bench.server.stop()
    let error = await bench.failure { client throws(HubError) in
      try await client.setReplicas(2, of: Bench.space)
    }
    #expect(error?.kind == .transport)
    #expect(error?.outcomeUnknown == false)
    #expect(error?.message == "could not connect to 127.0.0.1:\(bench.server.port): connection refused")
    #expect(error?.status == nil)
  }

  @Test func aNameThatDoesNotResolveIsSaidAsThat() async throws {
    let configuration = try HubConfiguration(environment: ["HF_ENDPOINT": "http://no-such-hub.invalid"], home: "/nonexistent")
    let time = TestTime()
    let client = HubClient(configuration: configuration, timing: time.timing)
    let error = await #expect(throws: HubError.self) { try await client.whoami() }
    #expect(error?.message == "could not resolve the name no-such-hub.invalid")
    #expect(time.waits == [1, 2])
  }

  @Test func aServerWithoutTLSIsSaidAsThat() async throws {
    let server = try ScriptedServer { _ in .close }
    defer { server.stop() }
    let configuration = try HubConfiguration(
      environment: ["HF_ENDPOINT": "https://127.0.0.1:\(server.port)"], home: "/nonexistent")
    // The plain server waits for a request that never ends in an empty line; it closes when the test does.
    let client = HubClient(configuration: configuration, timing: TestTime().timing)
    let call = Task { try await client.setReplicas(1, of: Bench.space) }
    while server.openConnections == 0 { try await Task.sleep(for: .milliseconds(5)) }
    server.stop()
    let error = await #expect(throws: HubError.self) { try await call.value }
    #expect(error?.message.contains("TLS") == true, "\(error?.message ?? "")")
    #expect(error?.outcomeUnknown == false)
  }

  @Test(arguments: [302, 307, 308]) func aWriteFollowsNoRedirect(_ status: Int) async throws {
    let bench = try Bench { request in
      request.index == 0
        ? .answer(status, "", ["location": "/api/spaces/acme/renamed/pause"]) : .answer(200, runtimeJSON)
    }
    defer { bench.server.stop() }
    let error = await bench.failure { client throws(HubError) in try await client.pause(Bench.space) }
    #expect(error?.kind == .moved(to: "acme/renamed"))
    #expect(error?.outcomeUnknown == false)
    #expect(bench.server.requests.count == 1)
  }

  @Test func aReadOfAMovedSpaceSaysWhereItWent() async throws {
    let bench = try Bench { request in
      request.path.contains("/chat")
        ? .answer(307, "", ["location": request.target.replacing("/chat", with: "/renamed")])
        : .answer(200, #"{"_id":"1","id":"acme/renamed","stage":"RUNNING","hardware":{}}"#)
    }
    defer { bench.server.stop() }
    #expect(try await bench.client.space(Bench.space).address == Bench.id("acme/renamed"))
    let error = await bench.failure { client throws(HubError) in try await client.runtime(of: Bench.space) }
    #expect(error?.kind == .moved(to: "acme/renamed"))
  }

  @Test func aRedirectThatNeverEndsIsAnError() async throws {
    let bench = try Bench { request in .answer(302, "", ["location": request.target]) }
    defer { bench.server.stop() }
    let error = await bench.failure { client throws(HubError) in try await client.space(Bench.space) }
    #expect(error?.kind == .malformedAnswer)
    let message = error?.message ?? ""
    #expect(message.contains("another came, to \(bench.server.url)/api/spaces/acme/chat"), "\(message)")
    #expect(bench.server.requests.count == 6)
  }

  @Test func theTokenDoesNotFollowARedirectToAnotherHost() async throws {
    let storage = try ScriptedServer { _ in .answer(200, "file") }
    defer { storage.stop() }
    let elsewhere = "\(storage.url)/blob?signature=x"
    let bench = try Bench { _ in .answer(302, "", ["location": elsewhere]) }
    defer { bench.server.stop() }
    let bytes = try await bench.client.file("data/a b.txt", of: Bench.space, revision: "refs/pr/1")
    #expect(bytes == Array("file".utf8))
    #expect(bench.server.requests[0].target == "/spaces/acme/chat/resolve/refs%2Fpr%2F1/data/a%20b.txt")
    #expect(bench.server.requests[0].headers["authorization"] != nil)
    #expect(storage.requests[0].headers["authorization"] == nil)
    #expect(storage.requests[0].headers["x-amzn-trace-id"] == nil)
    // An API read does not go there at all.
    let error = await bench.failure { client throws(HubError) in try await client.space(Bench.space) }
    #expect(error?.kind == .moved(to: "\(storage.url)/blob"))
    #expect(storage.requests.count == 1)
  }

  @Test func cancellingTheTaskEndsTheCall() async throws {
    let bench = try Bench { _ in .silence }
    defer { bench.server.stop() }
    let client = bench.client
    let call = Task { try await client.setReplicas(3, of: Bench.space) }
    while bench.server.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
    call.cancel()
    let error = await #expect(throws: HubError.self) { try await call.value }
    #expect(error?.kind == .transport)
    #expect(error?.outcomeUnknown == true, "the request had been sent")
  }

  @Test func aTaskCancelledBeforeItsCallSendsNothing() async throws {
    let bench = try Bench { _ in .answer(200, runtimeJSON) }
    defer { bench.server.stop() }
    let client = bench.client
    let call = Task {
      while !Task.isCancelled { await Task.yield() }
      return try await client.pause(Bench.space)
    }
    call.cancel()
    let error = await #expect(throws: HubError.self) { try await call.value }
    #expect(error?.outcomeUnknown == false)
    #expect(bench.server.requests.isEmpty)
  }

  @Test func manyCallsShareABoundedNumberOfConnections() async throws {
    let bench = try Bench { _ in .answer(200, runtimeJSON) }
    defer { bench.server.stop() }
    let client = bench.client
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<300 { group.addTask { (try? await client.runtime(of: Bench.space).stage) == .running } }
      for await succeeded in group { #expect(succeeded) }
    }
    #expect(bench.server.requests.count == 300)
    // At most 16 at once; libcurl replaces one now and then, so the sum over time may be a little more, and never one a call.
    #expect(Set(bench.server.requests.map(\.connection)).count < 32)
  }

  @Test func aClientThatGoesAwayEndsItsThread() async throws {
    let server = try ScriptedServer { _ in .answer(200, runtimeJSON) }
    defer { server.stop() }
    for _ in 0..<20 {
      let configuration = try HubConfiguration(environment: ["HF_ENDPOINT": server.url], home: "/nonexistent")
      _ = try await HubClient(configuration: configuration).runtime(of: Bench.space)
    }
    // The thread closes its connections when it ends; nothing else does.
    for _ in 0..<400 where server.openConnections > 0 { try await Task.sleep(for: .milliseconds(10)) }
    #expect(server.requests.count == 20)
    #expect(server.openConnections == 0)
  }

  @Test func theTraceHoldsWhatHappenedAndNothingPrivate() async throws {
    let bench = try Bench { _ in .answer(200, "[]", ["x-request-id": "Root=1-x;y"]) }
    defer { bench.server.stop() }
    _ = try await bench.client.spaces(ownedBy: "acme")
    let record = try #require(bench.records.withLock { $0.first })
    #expect(record.method == "GET")
    #expect(record.path == "/api/spaces")
    #expect(record.status == 200)
    #expect(record.requestID == "Root=1-x;y")
    #expect(!"\(record)".contains(Bench.token))
  }

  @Test func theHubsClockIsComparedWithOurs() async throws {
    // Test time stands at 2026-07-25T17:20:00Z.
    let bench = try Bench { _ in .answer(200, runtimeJSON, ["date": "Sat, 25 Jul 2026 17:20:42 GMT"]) }
    defer { bench.server.stop() }
    #expect(await bench.client.clockOffset == nil)
    _ = try await bench.client.runtime(of: Bench.space)
    #expect(await bench.client.clockOffset == 42)
  }

  @Test func slowAnswersInPiecesArePutTogether() async throws {
    let rest = #"ge":"RUNNING","hardware":{"current":null}}"#
    let bench = try Bench { _ in
      .pieces([
        (0, "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n"), (30, "\r\n5\r\n{\"sta\r\n"),
        (30, "\(String(rest.utf8.count, radix: 16))\r\n\(rest)\r\n0\r\n\r\n"),
      ])
    }
    defer { bench.server.stop() }
    #expect(try await bench.client.runtime(of: Bench.space).stage == .running)
  }

  @Test func aBodyWithoutATypeIsCalledNothing() async throws {
    let bench = try Bench { request in
      if request.method == "PUT" { return .answer(200) }
      if request.path.hasSuffix("batch") {
        return .answer(200, #"{"objects":[{"oid":"one","size":1,"actions":{"upload":{"href":"/store"}}}]}"#)
      }
      return .answer(200, #"{"stage":"PAUSED","hardware":{"current":null}}"#)
    }
    defer { bench.server.stop() }
    _ = try await bench.client.pause(Bench.space)
    try await bench.client.uploadLFS([LFSObject(sha256: "one", size: 1, source: .bytes([1]))], to: Bench.space)
    let types = bench.server.requests.map { $0.headers["content-type"] }
    #expect(types == [nil, "application/vnd.git-lfs+json", nil])
    #expect(bench.server.requests[2].body == [1])
  }
}
