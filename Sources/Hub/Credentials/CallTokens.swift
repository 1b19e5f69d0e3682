import HubAPI
import Platform
import SpaceModel

/// The tokens of calls, and that no message shows one.
extension HubClient {
  /// A token that is refused because its login has run out says so.
  func explained(_ error: HubError, _ credential: CallCredential) async -> HubError {
    guard credential == .standing, error.kind == .unauthenticated, let problem = await standing.problem else { return error }
    var error = error
    error.message += "; \(problem)"
    return error
  }

  func secret(of credential: CallCredential) async throws(HubError) -> Secret? {
    switch credential {
    case .none: return nil
    case .standing:
      return await standing.current(now: timing.date().seconds(since: Timestamp(seconds: 0))) {
        [self] (refreshToken: Secret) async throws(HubError) in try await renew(refreshToken)
      }
    case .bootstrap: return configuration.bootstrapToken?.secret
    case .exchanged(let space):
      guard let source = configuration.identityTokens else { return nil }
      return try await exchanged.token(for: space) { [self] () async throws(HubError) in
        try await exchange(source, for: space)
      }
    }
  }

  /// Has a token masked in every message from now on.
  func remember(_ token: Secret) { acquired.withLock { $0.append(token) } }

  /// A token itself is never part of a message, not even when a server quotes it.
  func withoutToken(_ error: HubError) -> HubError {
    var error = error
    let known = [configuration.token?.secret, configuration.bootstrapToken?.secret] + acquired.withLock { $0 }
    for case let token? in known {
      error.message = token.reveal { error.message.replacing($0, with: "<token>") }
    }
    return error
  }
}

extension HubError {
  /// Whether another credential might be allowed what this one was not.
  var isRefusal: Bool { kind == .unauthenticated || kind == .forbidden || kind == .notFound(.repository) }
}
