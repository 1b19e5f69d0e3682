import Foundation
import HubAPI
import Locking
import SpaceModel
import Testing

@testable import Hub

private let runtimeJSON = #"{"stage":"PAUSED","hardware":{"current":null,"requested":"t4-small"},"gcTimeout":300}"#

@Suite(.timeLimit(.minutes(1))) struct EndpointTests {
  @Test func anIdentityIsReadWithItsOrganisations() async throws {
    let bench = try Bench { _ in
      .answer(
        200,
        #"""
        {"type":"user","id":"1","name":"jo","isPro":true,"canPay":false,"new":{},
         "orgs":[{"name":"acme","roleInOrg":"admin","plan":"enterprise","canPay":true},{"name":"beta"}],
         "auth":{"type":"access_token","accessToken":{"displayName":"ci","role":"fineGrained"}}}
        """#)
    }
    defer { bench.server.stop() }
    let identity = try await bench.client.whoami()
    #expect(identity.name == "jo" && identity.isPro && identity.canPay == false && identity.token == .fineGrained)
    #expect(identity.organisations.map(\.name) == ["acme", "beta"])
    #expect(identity.organisations[0].role == "admin" && identity.organisations[0].plan == "enterprise")
    #expect(bench.server.requests[0].target == "/api/whoami-v2")
  }

  @Test func aWriteAsksOnceMoreBeforeItIsSentAndAReadDoesNot() async throws {
    let bench = try Bench { _ in .answer(200, runtimeJSON) }
    defer { bench.server.stop() }
    bench.client.askBeforeWriting { false }
    _ = try await bench.client.runtime(of: Bench.space)
    let error = await #expect(throws: HubError.self) {
      try await bench.client.setVariable("A", value: "b", note: nil, of: Bench.space)
    }
    #expect(error?.outcomeUnknown == false)
    #expect(error?.message.contains("was not sent") == true)
    #expect(bench.server.requests.map(\.method) == ["GET"])
    bench.client.askBeforeWriting { true }
    try await bench.client.setVariable("A", value: "b", note: nil, of: Bench.space)
    #expect(bench.server.requests.count == 2)
  }

  @Test func aNamespaceIsReadPageByPage() async throws {
    let port = Locked(0)
    let bench = try Bench { request in
      let base = "http://127.0.0.1:\(port.withLock { $0 })"
      if request.target.contains("cursor=two") {
        return .answer(200, #"[{"_id":"3","id":"acme/c"},{"_id":"1","id":"acme/a","sha":"new"}]"#)
      }
      return .answer(
        200, #"[{"_id":"1","id":"acme/a","sha":"old","runtime":{"stage":"RUNNING","hardware":{}}},{"_id":"2","id":"acme/b"}]"#,
        ["link": "<\(base)/api/spaces?author=acme&cursor=two>; rel=\"next\""])
    }
    port.withLock { $0 = bench.server.port }
    defer { bench.server.stop() }
    let spaces = try await bench.client.spaces(ownedBy: "acme")
    #expect(spaces.map(\.address.name) == ["a", "b", "c"])
    #expect(spaces[0].sha == "new", "the later page is the newer one")
    let first = bench.server.requests[0].target
    #expect(first.hasPrefix("/api/spaces?author=acme&limit=1000&expand=sha&expand=private"))
    for name in SpaceInfo.expansion { #expect(first.contains("expand=\(name)")) }
    #expect(bench.server.requests[1].target == "/api/spaces?author=acme&cursor=two")
    #expect(bench.server.requests[1].headers["authorization"] != nil)
  }

  @Test(arguments: ["http://elsewhere.invalid/api/spaces?cursor=1", "https://127.0.0.1/api/spaces"])
  func aNextPageOnAnotherOriginIsNotAsked(_ link: String) async throws {
    let bench = try Bench { _ in .answer(200, "[]", ["link": "<\(link)>; rel=\"next\""]) }
    defer { bench.server.stop() }
    let error = await bench.failure { client throws(HubError) in try await client.spaces(ownedBy: "acme") }
    #expect(error?.kind == .malformedAnswer)
    #expect(bench.server.requests.count == 1)
  }

  @Test func pagesThatGoInCirclesEnd() async throws {
    let bench = try Bench { _ in .answer(200, "[]", ["link": "</api/spaces?cursor=1>; rel=\"next\""]) }
    defer { bench.server.stop() }
    let error = await bench.failure { client throws(HubError) in try await client.spaces(ownedBy: "acme") }
    #expect(error?.kind == .malformedAnswer)
  }

  @Test(arguments: ["", "{", "[]", "nonsense", "{\"stage\":7}", "null", "\u{0}"])
  func anAnswerThatIsNotWhatWasPromisedIsAnErrorNotACrash(_ body: String) async throws {
    let bench = try Bench { _ in .answer(200, body) }
    defer { bench.server.stop() }
    let read = await bench.failure { client throws(HubError) in try await client.runtime(of: Bench.space) }
    #expect(read?.kind == .malformedAnswer)
    #expect(read?.message.hasPrefix("expected a runtime, but ") == true)
    #expect(read?.outcomeUnknown == false)
    let write = await bench.failure { client throws(HubError) in try await client.pause(Bench.space) }
    #expect(write?.kind == .malformedAnswer)
    #expect(write?.outcomeUnknown == true, "the answer's status said that it happened")
  }

  @Test func aSpaceIsBornWithEverythingInOneCall() async throws {
    let bench = try Bench { request in
      .answer(200, #"{"url":"http://hub/spaces/acme/chat","name":"acme/chat","id":"66670e5163145ca562cb1988"}"#)
    }
    defer { bench.server.stop() }
    var creation = SpaceCreation(id: Bench.space, sdk: .docker, visibility: .private)
    creation.hardware = "t4-small"
    creation.sleepTime = .never
    creation.variables = [.init(key: "A", value: "1", note: "why"), .init(key: "B", value: "")]
    creation.secrets = [.init(key: "S", value: Secret("canary-1"))]
    creation.volumes = [Volume(kind: .bucket, source: "acme/data", mount: "/data", readOnly: true)]
    creation.region = "eu"
    creation.resourceGroup = "66670e5163145ca562cb1988"
    creation.template = "T/x"
    creation.devMode = true
    let created = try await bench.client.createSpace(creation)
    #expect(created.hubID == "66670e5163145ca562cb1988" && created.address == Bench.space)
    let expected: JSONValue = [
      "name": "chat", "organization": "acme", "type": "space", "sdk": "docker", "visibility": "private",
      "hardware": "t4-small", "sleepTimeSeconds": -1, "region": "eu", "resourceGroupId": "66670e5163145ca562cb1988",
      "template": "T/x", "devModeEnabled": true,
      "variables": [["key": "A", "value": "1", "description": "why"], ["key": "B", "value": ""]],
      "secrets": [["key": "S", "value": "canary-1"]],
      "volumes": [["type": "bucket", "source": "acme/data", "mountPath": "/data", "readOnly": true]],
    ]
    #expect(try decoded(bench.server.requests[0].body) == expected)
    #expect(bench.server.requests[0].target == "/api/repos/create")
    #expect(bench.server.requests[0].headers["content-type"] == "application/json")
  }

  @Test func whatIsUnsetIsNotSent() async throws {
    let bench = try Bench { _ in .answer(200, #"{"id":"1"}"#) }
    defer { bench.server.stop() }
    let created = try await bench.client.createSpace(SpaceCreation(id: Bench.space, sdk: .static, visibility: .public))
    #expect(created.url == bench.server.url + "/spaces/acme/chat")
    #expect(
      try decoded(bench.server.requests[0].body)
        == ["name": "chat", "organization": "acme", "type": "space", "sdk": "static", "visibility": "public"])
  }

  @Test func noErrorOfACreateShowsASecret() async throws {
    let bench = try Bench { request in .answer(400, "{\"error\":\"bad body: \(request.text.replacing("\"", with: "'"))\"}") }
    defer { bench.server.stop() }
    var creation = SpaceCreation(id: Bench.space, sdk: .docker, visibility: .private)
    creation.secrets = [.init(key: "S", value: Secret("canary-2"))]
    let request = creation
    let error = await bench.failure { client throws(HubError) in try await client.createSpace(request) }
    #expect(error?.kind == .rejected)
    #expect(error.map { "\($0)".contains("canary-2") } == false)
    let secret = await bench.failure { client throws(HubError) in
      try await client.setSecret("S", value: Secret("canary-3"), of: Bench.space)
    }
    #expect(secret.map { "\($0)".contains("canary-3") } == false)
    #expect(bench.server.requests[1].text.contains("canary-3"), "the secret is what is sent")
  }

  struct Write: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var method: String
    var target: String
    var body: JSONValue?
    var run: @Sendable (HubClient) async throws -> Void
  }

  static let writes: [Write] = [
    Write(
      testDescription: "delete", method: "DELETE", target: "/api/repos/delete",
      body: ["name": "chat", "organization": "acme", "type": "space"]
    ) { try await $0.deleteSpace(Bench.space) },
    Write(
      testDescription: "move", method: "POST", target: "/api/repos/move",
      body: ["fromRepo": "acme/chat", "toRepo": "acme/talk", "type": "space"]
    ) { try await $0.moveSpace(Bench.space, to: Bench.id("acme/talk")) },
    Write(
      testDescription: "visibility", method: "PUT", target: "/api/spaces/acme/chat/settings", body: ["visibility": "protected"]
    ) { try await $0.setVisibility(.protected, of: Bench.space) },
    Write(
      testDescription: "resource group", method: "POST", target: "/api/spaces/acme/chat/resource-group",
      body: ["resourceGroupId": nil]
    ) { try await $0.setResourceGroup(nil, of: Bench.space) },
    Write(
      testDescription: "hardware", method: "POST", target: "/api/spaces/acme/chat/hardware",
      body: ["flavor": "t4-small", "sleepTimeSeconds": 300]
    ) {
      let runtime = try await $0.requestHardware("t4-small", sleepTime: .after(seconds: 300), for: Bench.space)
      #expect(runtime.gcTimeout == 300)
    },
    Write(testDescription: "sleep", method: "POST", target: "/api/spaces/acme/chat/sleeptime", body: ["seconds": -1]) {
      let runtime = try await $0.setSleepTime(.never, of: Bench.space)
      #expect(runtime.hardware.requested == "t4-small")
    },
    Write(testDescription: "replicas", method: "POST", target: "/api/spaces/acme/chat/replicas", body: ["replicas": 2]) {
      try await $0.setReplicas(2, of: Bench.space)
    },
    Write(testDescription: "dev mode", method: "POST", target: "/api/spaces/acme/chat/dev-mode", body: ["enabled": false]) {
      _ = try await $0.setDevMode(false, of: Bench.space)
    },
    Write(testDescription: "pause", method: "POST", target: "/api/spaces/acme/chat/pause") {
      let runtime = try await $0.pause(Bench.space)
      #expect(runtime.stage == .paused)
    },
    Write(testDescription: "restart", method: "POST", target: "/api/spaces/acme/chat/restart") {
      _ = try await $0.restart(Bench.space, factory: false)
    },
    Write(testDescription: "rebuild", method: "POST", target: "/api/spaces/acme/chat/restart?factory=true") {
      _ = try await $0.restart(Bench.space, factory: true)
    },
    Write(
      testDescription: "variable", method: "POST", target: "/api/spaces/acme/chat/variables",
      body: ["key": "A", "value": "b", "description": "c"]
    ) { try await $0.setVariable("A", value: "b", note: "c", of: Bench.space) },
    Write(testDescription: "no variable", method: "DELETE", target: "/api/spaces/acme/chat/variables", body: ["key": "A"]) {
      try await $0.deleteVariable("A", of: Bench.space)
    },
    Write(
      testDescription: "secret", method: "POST", target: "/api/spaces/acme/chat/secrets", body: ["key": "A", "value": "b"]
    ) { try await $0.setSecret("A", value: Secret("b"), of: Bench.space) },
    Write(testDescription: "no secret", method: "DELETE", target: "/api/spaces/acme/chat/secrets", body: ["key": "A"]) {
      try await $0.deleteSecret("A", of: Bench.space)
    },
    Write(
      testDescription: "volumes", method: "PUT", target: "/api/spaces/acme/chat/volumes",
      body: ["volumes": [["type": "model", "source": "acme/m", "mountPath": "/m", "readOnly": true, "revision": "v1"]]]
    ) { try await $0.setVolumes([Volume(kind: .model, source: "acme/m", mount: "/m", revision: "v1")], of: Bench.space) },
    Write(testDescription: "no volumes", method: "DELETE", target: "/api/spaces/acme/chat/volumes") {
      try await $0.setVolumes([], of: Bench.space)
    },
  ]

  @Test(arguments: writes) func aWriteIsSentAsTheHubReadsIt(_ write: Write) async throws {
    let bench = try Bench { _ in .answer(200, runtimeJSON) }
    defer { bench.server.stop() }
    try await write.run(bench.client)
    let request = try #require(bench.server.requests.first)
    #expect(bench.server.requests.count == 1)
    #expect(request.method == write.method)
    #expect(request.target == write.target)
    if let body = write.body { #expect(try decoded(request.body) == body) } else { #expect(request.body.isEmpty) }
  }

  @Test func removingVolumesThatAreNotThereIsDone() async throws {
    let bench = try Bench { request in
      request.method == "DELETE" ? .answer(400, #"{"error":"no volumes"}"#) : .answer(200, runtimeJSON)
    }
    defer { bench.server.stop() }
    try await bench.client.setVolumes([], of: Bench.space)
    let attached = try Bench { request in
      request.method == "DELETE"
        ? .answer(400, #"{"error":"static"}"#)
        : .answer(200, #"{"stage":"RUNNING","hardware":{},"volumes":[{"type":"bucket","source":"a/b","mountPath":"/d"}]}"#)
    }
    defer { attached.server.stop() }
    let error = await attached.failure { client throws(HubError) in try await client.setVolumes([], of: Bench.space) }
    #expect(error?.message == "static")
  }

  @Test func keysAreReadWithOrWithoutTheirExtras() async throws {
    let bench = try Bench { request in
      request.path.hasSuffix("variables")
        ? .answer(
          200, #"{"A":{"value":"1","key":"A","description":"d","updatedAt":"2026-07-21T10:00:00.123Z"},"B":{"value":""}}"#)
        : .answer(200, #"{"S":{"key":"S","updatedAt":null}}"#)
    }
    defer { bench.server.stop() }
    let variables = try await bench.client.variables(of: Bench.space)
    #expect(variables["A"]?.value == "1" && variables["A"]?.description == "d" && variables["A"]?.updatedAt != nil)
    #expect(variables["B"]?.value == "")
    #expect(try await bench.client.secrets(of: Bench.space)["S"] == LiveSecret())
  }

  @Test func theCatalogueGivesPricesAnHour() async throws {
    let bench = try Bench { _ in
      .answer(
        200,
        #"""
        [{"name":"cpu-basic","prettyName":"CPU basic","cpu":"2 vCPU","ram":"16 GB","accelerator":null,"unitCostUSD":0,"unitCostMicroUSD":0,"unitLabel":"minute"},
         {"name":"t4-small","cpu":"4 vCPU","ram":"15 GB","accelerator":{"type":"gpu","model":"T4","quantity":"1","vram":"16 GB","manufacturer":"Nvidia"},"unitCostUSD":0.0067,"unitCostMicroUSD":6667,"unitLabel":"minute"},
         {"name":"odd","unitCostUSD":1,"unitLabel":"fortnight"}]
        """#)
    }
    defer { bench.server.stop() }
    let catalogue = try await bench.client.hardware()
    #expect(catalogue[.cpuBasic]?.hourly == .zero)
    #expect(catalogue["t4-small"]?.hourly == Money(microUSD: 400_020))
    #expect(catalogue["t4-small"]?.accelerator == "1x Nvidia T4")
    #expect(catalogue["odd"]?.hourly == nil)
  }

  @Test func aLogIsReadUntilItGoesQuiet() async throws {
    let bench = try Bench { _ in
      .pieces([
        (0, "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n"),
        (10, "data: {\"data\":\"one\\n\",\"timestamp\":\"2026-07-21T10:00:00Z\"}\n\ndata:\n\n: note\n\n"),
        (50, "data: {\"data\":\"two\\n\"}\n\ndata: {broken\n\ndata: {\"data\":\"three\",\"timestamp\":\"?\"}\n\ndata: {\"da"),
      ])
    }
    defer { bench.server.stop() }
    let lines = try await bench.client.logs(of: Bench.space, .build, tail: 2)
    #expect(lines.map(\.text) == ["two", "three"])
    #expect(bench.server.requests[0].target == "/api/spaces/acme/chat/logs/build?tail=2")
    #expect(bench.server.requests[0].headers["accept"] == "text/event-stream")
  }

  @Test func ofALogThatNeverRestsWhatWasThereIsRead() async throws {
    @Sendable func line(_ second: Int) -> String {
      "data: {\"data\":\"\(second)\",\"timestamp\":\"2026-07-25T17:20:\(second).500Z\"}\n\n"
    }
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ndate: Sat, 25 Jul 2026 17:20:20 GMT\r\n\r\n"
    // Lines of the past, one of the second in which the answer began, and then one every 50 ms without an end in sight.
    let bench = try Bench { _ in
      .pieces([(0, head + line(10) + line(19) + line(20))] + (21..<60).map { (50, line($0)) })
    }
    defer { bench.server.stop() }
    let lines = try await bench.client.logs(of: Bench.space, .run, tail: 100)
    #expect(lines.map(\.text) == ["10", "19", "20"])
    let few = try await bench.client.logs(of: Bench.space, .run, tail: 2)
    #expect(few.map(\.text) == ["19", "20"])
  }

  @Test func keepAlivesDoNotHoldALogBack() async throws {
    let bench = try Bench { _ in
      .pieces(
        [
          (0, "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n"),
          (0, "data: {\"data\":\"one\\n\"}\n\n"),
        ] + Array(repeating: (200, "data:\n\n"), count: 20) + [(0, "data: {\"data\":\"two\\n\"}\n\n")])
    }
    defer { bench.server.stop() }
    let lines = try await bench.client.logs(of: Bench.space, .build, tail: 2)
    // One second without a line, of four in which something came; then there is a line again.
    #expect(lines.map(\.text) == ["one"])
  }

  @Test func aFollowedLogIsHandedOnWhileItComesAndEndsWithItsStream() async throws {
    let pieces = [
      "data: {\"data\":\"one\\n\"}\n\ndata: {\"data\":\"tw", "o\"}\n\ndata:\n\n", "data: {\"data\":\"cut",
    ]
    let length = pieces.joined().utf8.count
    let bench = try Bench { _ in
      .pieces([
        (0, "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: \(length)\r\n\r\n"),
        (10, pieces[0]), (1500, pieces[1]), (10, pieces[2]),
      ])
    }
    defer { bench.server.stop() }
    let came = Locked([(text: String, at: ContinuousClock.Instant)]())
    try await bench.client.followLog(of: Bench.space, .run, tail: nil) { lines in
      came.withLock { came in came += lines.map { ($0.text, ContinuousClock.now) } }
    }
    let lines = came.withLock { $0 }
    #expect(lines.map(\.text) == ["one", "two"])
    #expect(lines.count == 2 && lines[1].at - lines[0].at > .seconds(1))
    #expect(bench.server.requests.map(\.target) == ["/api/spaces/acme/chat/logs/run"])
  }

  @Test func aFollowedLogEndsWithItsTaskAndIsNotAskedForAgain() async throws {
    let bench = try Bench { _ in
      .pieces([
        (0, "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: {\"data\":\"one\"}\n\n"), (20_000, "data:\n\n"),
      ])
    }
    defer { bench.server.stop() }
    let (lines, inlet) = AsyncStream.makeStream(of: String.self)
    let task = Task {
      try await bench.client.followLog(of: Bench.space, .run, tail: 3) { lines in lines.forEach { inlet.yield($0.text) } }
    }
    for await line in lines {
      #expect(line == "one")
      break
    }
    let began = ContinuousClock.now
    task.cancel()
    guard case .failure = await task.result else {
      Issue.record("a cancelled stream ended as if it were over")
      return
    }
    #expect(ContinuousClock.now - began < .seconds(5))
    #expect(bench.server.requests.count == 1)
  }

  @Test func aFollowedLogThatIsRefusedIsTheHubsError() async throws {
    let bench = try Bench { _ in .answer(503, "{\"error\":\"later\"}") }
    defer { bench.server.stop() }
    let error = await bench.failure { client throws(HubError) in
      try await client.followLog(of: Bench.space, .run, tail: 3) { _ in }
    }
    #expect(error?.kind == .server)
    #expect(bench.server.requests.count == 1)
  }

  @Test func aLogThatIsNotThereIsAnErrorAtOnce() async throws {
    let bench = try Bench { _ in .answer(404, "{}", ["x-error-code": "RepoNotFound"]) }
    defer { bench.server.stop() }
    let error = await bench.failure { client throws(HubError) in try await client.logs(of: Bench.space, .run, tail: 10) }
    #expect(error?.kind == .notFound(.repository))
    #expect(bench.server.requests.count == 1)
  }
}
