import Files
import Foundation
import HubAPI
import Locking
import SpaceModel
import Testing

@testable import Hub

/// The token of `hf auth login`, which runs out and is renewed.
@Suite(.timeLimit(.minutes(1))) struct LoginTests {
  private static let text = """
    # written by another program
    [work]
    hf_token = hf_other

    [me]
    HF_TOKEN: hf_old
    refresh_token=r%1
    expires_at = 1785000600
    unknown = kept

    """

  @Test func aLoginIsFoundByItsTokenAndTheRestStays() throws {
    var stored = StoredTokens(LoginTests.text)
    let login = try #require(stored.login(of: Secret("hf_old")))
    #expect(login.name == "me" && login.expiresAt == 1_785_000_600)
    #expect(login.refreshToken.reveal { $0 } == "r%1")
    #expect(stored.login(of: Secret("hf_other")) == nil, "a token that does not run out is no login")
    stored.set("hf_token", "hf_new", in: "me")
    stored.set("added", "1", in: "work")
    #expect(
      stored.text
        == LoginTests.text.replacing("HF_TOKEN: hf_old", with: "hf_token = hf_new")
        .replacing("[work]\n", with: "[work]\nadded = 1\n"))
  }

  /// A folder with a token file and stored tokens, and a client of a Hub that renews with `answer`.
  private func renewing(
    _ answer: ScriptedServer.Reply, _ body: (HubClient, ScriptedServer, String) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/login-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try "hf_old\n".write(toFile: folder + "/token", atomically: true, encoding: .utf8)
    try LoginTests.text.write(toFile: folder + "/stored_tokens", atomically: true, encoding: .utf8)
    let server = try ScriptedServer { request in
      if request.path == "/oauth/token" { return answer }
      return request.headers["authorization"] == "Bearer hf_new"
        ? .answer(200, #"{"stage":"RUNNING","hardware":{"current":null}}"#)
        : .answer(401, "", ["x-error-message": "Invalid credentials in Authorization header"])
    }
    defer { server.stop() }
    let configuration = try HubConfiguration(environment: ["HF_ENDPOINT": server.url, "HF_HOME": folder], home: "/none")
    try await body(HubClient(configuration: configuration, timing: TestTime().timing), server, folder)
  }

  @Test func itIsRenewedOnceForManyCallsAndWrittenBack() async throws {
    let answer = ScriptedServer.Reply.answer(200, #"{"access_token":"hf_new","refresh_token":"r2","expires_in":2592000}"#)
    try await renewing(answer) { client, server, folder in
      await withTaskGroup(of: Bool.self) { group in
        for _ in 0..<20 { group.addTask { (try? await client.runtime(of: Bench.space)) != nil } }
        for await succeeded in group { #expect(succeeded) }
      }
      let renewals = server.requests.filter { $0.path == "/oauth/token" }
      #expect(renewals.count == 1)
      #expect(renewals[0].text.hasPrefix("grant_type=refresh_token&refresh_token=r%251&client_id="))
      #expect(renewals[0].headers["authorization"] == nil)
      let stored = try String(contentsOfFile: folder + "/stored_tokens", encoding: .utf8)
      #expect(stored.contains("hf_token = hf_new") && stored.contains("refresh_token = r2"))
      #expect(stored.contains("expires_at = 1787592000") && stored.contains("hf_token = hf_other"))
      for name in ["token", "stored_tokens"] {
        let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/" + name)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
      }
    }
  }

  @Test func aLoginWithMoreThanADayLeftStaysAsItIs() async throws {
    try await renewing(.answer(500)) { client, server, folder in
      let text = LoginTests.text.replacing("1785000600", with: "1785086500")
      try text.write(toFile: folder + "/stored_tokens", atomically: true, encoding: .utf8)
      _ = try? await client.runtime(of: Bench.space)
      #expect(server.requests.map(\.path) == ["/api/spaces/acme/chat/runtime"])
      #expect(server.requests[0].headers["authorization"] == "Bearer hf_old")
      let stored = try String(contentsOfFile: folder + "/stored_tokens", encoding: .utf8)
      #expect(stored == text)
    }
  }

  @Test func whileAnotherProcessRenewsItTheOldTokenIsUsed() async throws {
    try await renewing(.answer(500)) { client, server, folder in
      let lock = try FileLock(folder + "/stored_tokens.lock")
      _ = try? await client.runtime(of: Bench.space)
      #expect(server.requests.map(\.path) == ["/api/spaces/acme/chat/runtime"])
      withExtendedLifetime(lock) {}
    }
  }

  @Test func whoFindsItsTokenOverWaitsForTheProcessThatRenewsIt() async throws {
    try await renewing(.answer(500)) { client, server, folder in
      // Another process is at it; it has written the new token by the time its lock is free.
      let text = LoginTests.text.replacing("1785000600", with: "1784999999")
      try text.write(toFile: folder + "/stored_tokens", atomically: true, encoding: .utf8)
      let lock = Locked(try FileLock(folder + "/stored_tokens.lock") as FileLock?)
      let time = TestTime()
      var timing = time.timing
      timing.sleep = { seconds in
        try await time.timing.sleep(seconds)
        guard time.waits.count == 3 else { return }
        try text.replacing("hf_old", with: "hf_new").write(
          toFile: folder + "/stored_tokens", atomically: true, encoding: .utf8)
        lock.withLock { $0 = nil }
      }
      let configuration = try HubConfiguration(environment: ["HF_ENDPOINT": server.url, "HF_HOME": folder], home: "/none")
      let second = HubClient(configuration: configuration, timing: timing)
      #expect(try await second.runtime(of: Bench.space).stage == .running)
      #expect(time.waits == [1, 1, 1])
      #expect(server.requests.map(\.path) == ["/api/spaces/acme/chat/runtime"])
    }
  }

  @Test func aLoginThatIsOverIsSaidAsThat() async throws {
    let answer = ScriptedServer.Reply.answer(400, #"{"error":"invalid_grant","error_description":"r%1 was revoked"}"#)
    try await renewing(answer) { client, server, folder in
      let error = await #expect(throws: HubError.self) { try await client.runtime(of: Bench.space) }
      #expect(error?.kind == .unauthenticated)
      #expect(error?.message.contains("could not be renewed") == true)
      #expect(error?.message.contains("r%1") == false)
      let held = try String(contentsOfFile: folder + "/token", encoding: .utf8)
      #expect(held == "hf_old\n")
    }
  }
}
