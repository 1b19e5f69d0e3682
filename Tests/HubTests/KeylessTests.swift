import Diagnostics
import Foundation
import HubAPI
import Locking
import Testing

@testable import Hub

/// Which credential each call is made with, and when identities are traded.
@Suite(.timeLimit(.minutes(1))) struct KeylessTests {
  private static let runtime = #"{"stage":"RUNNING","hardware":{"current":"cpu-basic","requested":"cpu-basic"}}"#
  private static let supplied = ["SPACEFORM_OIDC": "1", "HF_OIDC_ID_TOKEN": "a.b.c"]

  /// A Hub that trades, for so many seconds each time, and takes every token but those that begin with `refused`.
  private static func hub(
    life: Int = 3600, refused: String = "none", environment: [String: String] = supplied, token: String? = nil
  ) throws -> Bench {
    try Bench(token: token, environment: environment) { request in
      if request.path == "/oauth/token" {
        return .answer(200, #"{"access_token":"hf_jwt_\#(request.index)","expires_in":\#(life)}"#)
      }
      if request.path == "/mint" { return .answer(200, #"{"value":"d.e.f"}"#) }
      if request.headers["authorization"]?.hasPrefix("Bearer \(refused)") == true { return .answer(403, #"{"error":"no"}"#) }
      return .answer(200, runtime)
    }
  }

  private static func tokens(_ bench: Bench) -> [String?] {
    bench.server.requests.filter { $0.path != "/oauth/token" }.map { $0.headers["authorization"] }
  }

  private static func trades(_ bench: Bench) -> Int { bench.server.requests.count { $0.path == "/oauth/token" } }

  @Test func callsOfOneSpaceShareOneTrade() async throws {
    let bench = try KeylessTests.hub()
    defer { bench.server.stop() }
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<40 { group.addTask { (try? await bench.client.pause(Bench.space)) != nil } }
      for await succeeded in group { #expect(succeeded) }
    }
    _ = try await bench.client.pause(Bench.id("acme/other"))
    #expect(KeylessTests.trades(bench) == 2)
    let first = try #require(bench.server.requests.first)
    #expect(first.headers["authorization"] == nil, "a trade is made without a token")
    #expect(try decoded(first.body)["resource"] == "spaces/acme/chat")
    #expect(try decoded(first.body)["subject_token"] == "a.b.c")
  }

  @Test(arguments: [(true, 1), (false, 2)]) func aTradeIsMadeAgainBeforeItsEndWhereItCanBe(_ isSupplied: Bool, _ trades: Int)
    async throws
  {
    let server = try ScriptedServer { _ in .answer(200, #"{"value":"d.e.f"}"#) }
    defer { server.stop() }
    let github = [
      "SPACEFORM_OIDC": "1", "GITHUB_ACTIONS": "true", "ACTIONS_ID_TOKEN_REQUEST_URL": server.url + "/mint",
      "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "request-token",
    ]
    let bench = try KeylessTests.hub(environment: isSupplied ? KeylessTests.supplied : github)
    defer { bench.server.stop() }
    _ = try await bench.client.pause(Bench.space)
    try await bench.time.timing.sleep(3350)
    _ = try await bench.client.pause(Bench.space)
    #expect(KeylessTests.trades(bench) == trades)
    if !isSupplied {
      #expect(server.requests[0].headers["authorization"] == "Bearer request-token")
      #expect(server.requests[0].target.hasPrefix("/mint?audience=http%3A%2F%2F127.0.0.1"))
    }
  }

  @Test func theStandingTokenReadsAndTheTradedOneWrites() async throws {
    let bench = try KeylessTests.hub(token: "hf_reader")
    defer { bench.server.stop() }
    _ = try await bench.client.runtime(of: Bench.space)
    #expect(KeylessTests.trades(bench) == 0)
    _ = try await bench.client.pause(Bench.space)
    #expect(KeylessTests.tokens(bench) == ["Bearer hf_reader", "Bearer hf_jwt_1"])
    #expect(bench.client.listsSpaces)
  }

  @Test func whatATradedTokenIsRefusedTheBootstrapTokenDoes() async throws {
    var environment = KeylessTests.supplied
    environment["SPACEFORM_BOOTSTRAP_TOKEN"] = "hf_boot"
    let bench = try KeylessTests.hub(refused: "hf_jwt", environment: environment)
    defer { bench.server.stop() }
    _ = try await bench.client.pause(Bench.space)
    #expect(KeylessTests.tokens(bench) == ["Bearer hf_jwt_0", "Bearer hf_boot"])
    try await bench.client.deleteSpace(Bench.space)
    #expect(KeylessTests.tokens(bench).last == "Bearer hf_boot", "about addresses it is the only one")
    #expect(!bench.client.listsSpaces)
  }

  @Test func aRefusedTradeIsNotTriedAgainAndNamesThePage() async throws {
    let bench = try Bench(token: nil, environment: KeylessTests.supplied) { _ in
      .answer(400, #"{"error":"invalid_grant","error_description":"nobody trusts a.b.c"}"#)
    }
    defer { bench.server.stop() }
    for _ in 0..<2 {
      let error = await bench.failure { client throws(HubError) in try await client.pause(Bench.space) }
      #expect(error?.isAboutAccess == true)
      #expect(error?.message.contains("/spaces/acme/chat/settings") == true)
      #expect(error?.message.contains("a.b.c") == false, "the identity token is not shown")
    }
    #expect(bench.server.requests.count == 1)
  }

  @Test(arguments: ["pull_request", "pull_request_target"]) func pullRequestsTradeNothing(_ event: String) throws {
    var environment = KeylessTests.supplied
    environment["GITHUB_EVENT_NAME"] = event
    #expect(try IdentityTokenSource.find(environment) == nil)
  }

  @Test func withoutAnIdentityTheWayToOneIsNamed() {
    let failure = #expect(throws: Failure.self) { try IdentityTokenSource.find(["SPACEFORM_OIDC": "1"]) }
    #expect(failure?.help?.contains("HF_OIDC_ID_TOKEN") == true)
    let github = #expect(throws: Failure.self) {
      try IdentityTokenSource.find(["SPACEFORM_OIDC": "1", "GITHUB_ACTIONS": "true"])
    }
    #expect(github?.help?.contains("id-token: write") == true)
  }

  @Test func theCurlLineGivesNothingAway() async throws {
    let bench = try KeylessTests.hub()
    defer { bench.server.stop() }
    try await bench.client.setVariable("KEY", value: "private-value", note: nil, of: Bench.space)
    let lines = bench.records.withLock { $0.map(\.curl) }
    #expect(lines.count == 2)
    #expect(lines.allSatisfy { $0.hasPrefix("curl -X POST -H ") })
    #expect(lines[1].contains("'authorization: <token>'"))
    for private_ in ["private-value", "hf_jwt", "a.b.c"] { #expect(!lines.contains { $0.contains(private_) }) }
  }
}
