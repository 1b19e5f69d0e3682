import Diagnostics
import Files
import HubAPI
import Platform
import SpaceModel

/// Renews the token of `hf auth login` while less than a day of it is left, and writes the new one where the old one was (facts
/// hub-api section 1.2).
actor LoginRenewal {
  /// Seconds before its end that a token is renewed.
  private static let margin = 86_400.0
  /// Seconds until a renewal that failed is tried again.
  private static let pause = 300.0
  /// Looks, a second apart, at whether the process that renews a token which is over has come to its end.
  private static let patience = 30

  /// What the Hub gives for a refresh token.
  struct Renewed: Sendable {
    var token: Secret
    /// Nil: the old one stays good.
    var refreshToken: Secret?
    /// Seconds.
    var lifetime: Double?
  }

  private var token: Secret?
  private let path: String?
  private let sleep: @Sendable (Double) async throws -> Void
  private var nextLook: Double = 0
  private var underWay: Task<Secret, Never>?
  /// Why the last renewal failed.
  private(set) var problem: String?

  /// - Parameters:
  ///   - token: one that does not come from a file is never renewed.
  ///   - sleep: waits for seconds; throws when the task is cancelled.
  init(_ token: AccessToken?, sleep: @escaping @Sendable (Double) async throws -> Void) {
    self.token = token?.secret
    self.sleep = sleep
    if case .file(let path)? = token?.source { self.path = path } else { path = nil }
  }

  /// The token to use now.
  /// - Parameters:
  ///   - now: seconds since 1970.
  ///   - renew: asks the Hub.
  func current(
    now: Double, _ renew: @escaping @Sendable (Secret) async throws(HubError) -> Renewed
  ) async -> Secret? {
    if let underWay { return await underWay.value }
    guard let path, let token, now >= nextLook else { return token }
    let task = Task { await self.renewed(token, path, now: now, renew) }
    underWay = task
    self.token = await task.value
    underWay = nil
    return self.token
  }

  private func renewed(
    _ token: Secret, _ path: String, now: Double, _ renew: @Sendable (Secret) async throws(HubError) -> Renewed
  ) async -> Secret {
    let stored = LoginRenewal.storedPath(path)
    nextLook = now + LoginRenewal.pause
    guard let login = LoginRenewal.read(stored)?.login(of: token) else { return token }
    guard login.expiresAt - now < LoginRenewal.margin else {
      nextLook = login.expiresAt - LoginRenewal.margin
      return token
    }
    // Refresh tokens may be good once: two processes must not use one. Whoever comes second takes what the first one wrote: at once
    // when the old token is over, else later.
    guard let lock = await self.lock(stored + ".lock", looks: login.expiresAt > now ? 1 : LoginRenewal.patience) else {
      return token
    }
    defer { withExtendedLifetime(lock) {} }
    guard var tokens = LoginRenewal.read(stored), let held = tokens.token(of: login.name) else { return token }
    guard token.reveal({ $0 == held }) else { return Secret(held) }
    do {
      let new = try await renew(login.refreshToken)
      let text = new.token.reveal { $0 }
      tokens.set("hf_token", text, in: login.name)
      new.refreshToken?.reveal { tokens.set("refresh_token", $0, in: login.name) }
      if let lifetime = new.lifetime {
        tokens.set("expires_at", String(Int(now + lifetime)), in: login.name)
        nextLook = now + max(LoginRenewal.pause, lifetime - LoginRenewal.margin)
      }
      try LoginRenewal.write(tokens.text, to: stored)
      // Unless somebody has logged in as another meanwhile.
      if let active = try AtomicFile.read(path),
        let found = try? AccessToken(String(decoding: active, as: UTF8.self), source: .file(path)),
        token.reveal({ old in found.secret.reveal { $0 == old } })
      {
        try LoginRenewal.write(text, to: path)
      }
      problem = nil
      return new.token
    } catch let error as HubError {
      problem = "the token of `hf auth login` runs out and could not be renewed: \(error.message)"
    } catch {
      problem = "the token of `hf auth login` was renewed and could not be written to \(path)"
    }
    return token
  }

  private func lock(_ path: String, looks: Int) async -> FileLock? {
    for look in 1...looks {
      if let lock = try? FileLock(path) { return lock }
      guard look < looks, (try? await sleep(1)) != nil else { return nil }
    }
    return nil
  }

  /// `stored_tokens` in the folder of the token file.
  private static func storedPath(_ path: String) -> String {
    path.lastIndex(of: "/").map { path[...$0] + "stored_tokens" } ?? "stored_tokens"
  }

  private static func read(_ path: String) -> StoredTokens? {
    guard let bytes = try? AtomicFile.read(path) else { return nil }
    return String(validating: bytes, as: UTF8.self).map(StoredTokens.init)
  }

  /// For the owner's eyes only, also where the file was open to others.
  private static func write(_ text: String, to path: String) throws(Failure) {
    chmod(path, 0o600)
    try AtomicFile.replace(path, with: Array(text.utf8), mode: 0o600)
  }
}
