import Cryptography
import Foundation
import HubAPI
import Locking
import SpaceModel
import Testing

@testable import HTTP
@testable import Hub

/// What a broken, foreign or hostile server can answer: one typed error with the request's id, no crash, no hang, no credential.
@Suite(.timeLimit(.minutes(1))) struct BadAnswerTests {
  private static let page = "<!doctype html><html><body>Sign in, Bearer \(Bench.token)</body></html>"
  private static let html = ["content-type": "text/html; charset=utf-8", "x-request-id": "Root=1-abc"]

  private func judge(_ error: HubError?, _ kind: HubError.Kind, unknown: Bool, id: String? = "Root=1-abc") {
    #expect(error?.kind == kind)
    #expect(error?.outcomeUnknown == unknown)
    #expect(error?.requestID == id)
    let text = error?.description ?? ""
    #expect(!text.isEmpty && !text.contains(Bench.token) && !text.contains("<html"))
  }

  @Test func aLoginPageIsNoAnswerToARead() async throws {
    let bench = try Bench { _ in .answer(200, Self.page, Self.html) }
    defer { bench.server.stop() }
    judge(
      await bench.failure { client throws(HubError) in try await client.space(Bench.space) }, .malformedAnswer, unknown: false)
  }

  @Test func aLoginPageDoesNotMakeAWriteDone() async throws {
    let bench = try Bench { _ in .answer(200, Self.page, Self.html) }
    defer { bench.server.stop() }
    judge(
      await bench.failure { client throws(HubError) in
        try await client.setSecret("S", value: Secret("canary"), of: Bench.space)
      }, .malformedAnswer, unknown: true)
    #expect(bench.server.requests.count == 1)
  }

  @Test(arguments: [502, 403, 404, 418]) func anErrorPageIsToldByItsStatus(_ status: Int) async throws {
    let bench = try Bench { _ in .answer(status, Self.page, Self.html) }
    defer { bench.server.stop() }
    let error = await bench.failure { client throws(HubError) in try await client.pause(Bench.space) }
    #expect(error?.status == status && error?.requestID == "Root=1-abc")
    #expect(error?.description.contains("<") == false && error?.description.contains(Bench.token) == false)
  }

  @Test func unknownStagesFlavoursAndFieldsAreTaken() async throws {
    let bench = try Bench { _ in
      .answer(
        200,
        #"{"stage":"DREAMING","hardware":{"current":"q1-huge","requested":"q1-huge","x":1},"replicas":{"requested":"auto"},"new":[{}]}"#
      )
    }
    defer { bench.server.stop() }
    let runtime = try await bench.client.runtime(of: Bench.space)
    #expect(runtime.stage == Stage(rawValue: "DREAMING") && runtime.hardware.current == "q1-huge")
  }

  @Test func aRuntimeThatCannotBeReadCostsNoPage() async throws {
    let bench = try Bench { _ in
      .answer(200, #"[{"_id":"1","id":"acme/a","runtime":{"stage":[]}},{"_id":"2","id":"acme/b"}]"#)
    }
    defer { bench.server.stop() }
    let spaces = try await bench.client.spaces(ownedBy: "acme")
    #expect(spaces.map(\.runtime) == [nil, nil] && spaces.count == 2)
  }

  @Test(arguments: [
    #"[{"id":"acme/a"},7]"#, #"[{"_id":"1"}]"#, #"[{"_id":"1","id":"no address"}]"#, #"{"error":null}"#, "[[[[",
  ])
  func aListThatIsNoneIsOneError(_ body: String) async throws {
    let bench = try Bench { _ in .answer(200, body, ["x-request-id": "Root=1-abc"]) }
    defer { bench.server.stop() }
    judge(
      await bench.failure { client throws(HubError) in try await client.spaces(ownedBy: "acme") }, .malformedAnswer,
      unknown: false)
  }

  @Test func bracketsWithoutEndAreAnErrorNotACrash() async throws {
    let bench = try Bench { _ in .answer(200, String(repeating: "[", count: 200_000)) }
    defer { bench.server.stop() }
    let error = await bench.failure { client throws(HubError) in try await client.spaces(ownedBy: "acme") }
    #expect(error?.kind == .malformedAnswer)
  }

  @Test func pagesThatNeverEndAreGivenUp() async throws {
    let bench = try Bench { request in
      .answer(200, "[]", ["link": "</api/spaces?cursor=\(request.index)>; rel=\"next\"", "x-request-id": "Root=1-abc"])
    }
    defer { bench.server.stop() }
    judge(
      await bench.failure { client throws(HubError) in try await client.spaces(ownedBy: "acme") }, .malformedAnswer,
      unknown: false)
    #expect(bench.server.requests.count == HubClient.mostPages + 1 || bench.server.requests.count == HubClient.mostPages)
  }

  @Test func anAnswerLargerThanAnyIsCutOff() async throws {
    let server = try ScriptedServer { _ in .answer(200, String(repeating: " ", count: 300_000), ["x-request-id": "Root=1-abc"])
    }
    defer { server.stop() }
    var options = TransportOptions(proxies: ProxySettings(environment: [:]), certificateFile: nil, connections: 1)
    options.largestAnswer = 100_000
    let driver = CurlDriver(options: options)
    let url = try #require(WebAddress(server.url + "/api"))
    let cut = try await driver.send(HTTPRequest(method: .get, url: url, isRepeatable: true))
    #expect(cut.isTooLarge && cut.body.isEmpty && cut.status == 200 && cut.headers["x-request-id"] == "Root=1-abc")
    let whole = try await driver.send(HTTPRequest(method: .get, url: url, isRepeatable: true, movesFile: true))
    #expect(!whole.isTooLarge && whole.body.count == 300_000)
  }

  @Test func anAnswerThatDripsIsNotWaitedForForEver() async throws {
    let drips = (0..<40).map { _ in (milliseconds: 100, text: " ") }
    let server = try ScriptedServer { _ in
      .pieces([(0, "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\nx-request-id: Root=1-abc\r\n\r\n")] + drips)
    }
    defer { server.stop() }
    var options = TransportOptions(proxies: ProxySettings(environment: [:]), certificateFile: nil, connections: 1)
    options.callTimeout = 1
    let driver = CurlDriver(options: options)
    let url = try #require(WebAddress(server.url + "/api"))
    let failure = await #expect(throws: TransportFailure.self) {
      try await driver.send(HTTPRequest(method: .get, url: url, isRepeatable: true))
    }
    #expect(failure?.cause == .timeout && failure?.headers.flatMap(ErrorAnswer.requestID) == "Root=1-abc")
    #expect(failure?.message.hasSuffix("had not answered in full after 1 s") == true)
  }

  @Test func anAnswerThatEndsEarlyIsNamedByItsRequest() async throws {
    let bench = try Bench { _ in
      .rawThenClose("HTTP/1.1 200 OK\r\ncontent-length: 900\r\nx-request-id: Root=1-abc\r\n\r\n{\"stage\"")
    }
    defer { bench.server.stop() }
    judge(await bench.failure { client throws(HubError) in try await client.pause(Bench.space) }, .transport, unknown: true)
  }

  @Test func aFileIsComparedWithTheDigestItWasAnnouncedWith() async throws {
    let right = Array("print(1)\n".utf8)
    for (tag, isRight) in [
      (Digest.gitBlobID(right), true), (Digest.sha256Hex(right), true), (Digest.gitBlobID([1]), false),
      (Digest.sha256Hex([1]), false), ("5d41402abc4b2a76b9719d911017c592", true),
    ] {
      let bench = try Bench { _ in
        .answer(200, "print(1)\n", ["etag": "\"\(tag)\"", "x-request-id": "Root=1-abc", "content-type": "text/html"])
      }
      defer { bench.server.stop() }
      let error = await bench.failure { client throws(HubError) in
        try await client.file("app.py", of: Bench.space, revision: "main")
      }
      if isRight { #expect(error == nil, "\(tag)") } else { judge(error, .malformedAnswer, unknown: false) }
    }
  }

  @Test func aPageInPlaceOfAFileIsNoFile() async throws {
    let bench = try Bench { _ in .answer(200, Self.page, Self.html) }
    defer { bench.server.stop() }
    judge(
      await bench.failure { client throws(HubError) in try await client.file("app.py", of: Bench.space, revision: "main") },
      .malformedAnswer, unknown: false)
  }

  @Test func aLogOfAnotherTypeIsNoLog() async throws {
    let bench = try Bench { _ in .answer(200, "{}", ["content-type": "application/json", "x-request-id": "Root=1-abc"]) }
    defer { bench.server.stop() }
    judge(
      await bench.failure { client throws(HubError) in try await client.logs(of: Bench.space, .run, tail: 5) },
      .malformedAnswer, unknown: false)
  }

  @Test func aWindowThatEndsInYearsIsNotWaitedFor() async throws {
    let bench = try Bench { _ in
      .answer(200, #"{"stage":"RUNNING","hardware":{}}"#, ["ratelimit": "\"api\";r=0;t=999999999"])
    }
    defer { bench.server.stop() }
    _ = try await bench.client.runtime(of: Bench.space)
    _ = try await bench.client.runtime(of: Bench.space)
    #expect(bench.time.waits.isEmpty)
  }

  @Test(arguments: [301, 302, 307, 308]) func aWriteThatIsSentElsewhereTakesNoTokenThere(_ status: Int) async throws {
    let elsewhere = try ScriptedServer { _ in .answer(200) }
    defer { elsewhere.stop() }
    let target = elsewhere.url + "/api/repos/create"
    let bench = try Bench { _ in .answer(status, "", ["location": target, "x-request-id": "Root=1-abc"]) }
    defer { bench.server.stop() }
    let error = await bench.failure { client throws(HubError) in
      try await client.setVariable("A", value: "1", note: nil, of: Bench.space)
    }
    judge(error, .moved(to: target), unknown: false)
    #expect(elsewhere.requests.isEmpty)
  }
}
