import HTTP
import HubAPI
import SpaceModel

/// The answer to a trade (facts hub-api section 1.5).
private struct WireExchange: Decodable {
  var token: String
  /// Given for the token of a login alone.
  var refreshToken: String?
  /// Seconds.
  var lifetime: Int?

  private enum CodingKeys: String, CodingKey {
    case token = "access_token"
    case refreshToken = "refresh_token"
    case lifetime = "expires_in"
  }

  /// Nil when it cannot be one: it would spoil the head of a request.
  var secret: Secret? {
    token.isEmpty || !token.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? nil : Secret(token)
  }
}

/// GitHub's answer to a request for an identity token.
private struct WireIdentityToken: Decodable { var value: String }

extension HubClient {
  /// Trades this job's identity for a token that writes to one Space.
  func exchange(_ source: IdentityTokenSource, for space: SpaceID) async throws(HubError) -> ExchangedToken {
    let identity = try await identityToken(source)
    let body: JSONValue = [
      "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
      "subject_token_type": "urn:ietf:params:oauth:token-type:id_token",
      "subject_token": identity.reveal { .string($0) }, "resource": .string("spaces/\(space)"),
    ]
    var call = HubCall.ask("/oauth/token", body)
    call.sendsToken = false
    call.secrets = [identity]
    let response: HTTPResponse
    do throws(HubError) { response = try await perform(call) } catch {
      guard error.status == 400 || error.status == 401 || error.status == 403 else { throw error }
      throw HubError(
        kind: .forbidden, call: error.call, status: error.status,
        message:
          "no trusted publisher of \(space) matches this job (\(error.message)); add one at \(HubClient.publishers(of: space, endpoint))",
        requestID: error.requestID)
    }
    let answer = try decode(WireExchange.self, from: response, call, expected: "a token for \(space)")
    guard let token = answer.secret else {
      throw malformed(response, call, expected: "a token for \(space)", found: "it holds characters that no token has")
    }
    remember(token)
    return ExchangedToken(token: token, lifetime: answer.lifetime ?? 3600)
  }

  /// Renews the token of a login. Sent once: a refresh token may be good for one use (facts hub-api section 1.2).
  func renew(_ refreshToken: Secret) async throws(HubError) -> LoginRenewal.Renewed {
    var call = HubCall(method: .post, path: "/oauth/token", effect: .write)
    call.sendsToken = false
    call.secrets = [refreshToken]
    call.headers = [("content-type", "application/x-www-form-urlencoded")]
    let form = refreshToken.reveal {
      "grant_type=refresh_token&refresh_token=\(Percent.encode($0))&client_id=\(HubClient.loginClient)"
    }
    call.body = .bytes(Array(form.utf8))
    let response = try await perform(call)
    let answer = try decode(WireExchange.self, from: response, call, expected: "a renewed token")
    guard let token = answer.secret else {
      throw malformed(response, call, expected: "a renewed token", found: "it holds characters that no token has")
    }
    remember(token)
    let refresh = answer.refreshToken.map { Secret($0) }
    if let refresh { remember(refresh) }
    return LoginRenewal.Renewed(token: token, refreshToken: refresh, lifetime: answer.lifetime.map(Double.init))
  }

  /// The public id of `hf auth login`, which the refresh tokens of its logins belong to.
  private static let loginClient = "26be6b09-91c5-47da-9861-d2d2bb7a7e36"

  /// The page on which a Space's trusted publishers are kept (facts hub-api section 1.5).
  public static func publishers(of space: SpaceID, _ endpoint: String) -> String {
    "\(endpoint)/spaces/\(space)/settings"
  }

  private func identityToken(_ source: IdentityTokenSource) async throws(HubError) -> Secret {
    switch source {
    case .supplied(let token): return token
    case .github(let text, let requestToken):
      let audience = (text.contains("?") ? "&" : "?") + "audience=\(Percent.encode(endpoint))"
      guard let address = WebAddress(text + audience), let home = WebAddress(endpoint),
        home.origin.scheme == "http" || address.origin.scheme == "https"
      else {
        throw HubError(
          kind: .transport, call: "GET identity token", message: "ACTIONS_ID_TOKEN_REQUEST_URL is not a usable address")
      }
      var call = HubCall(method: .get, path: address.withoutQuery, effect: .read)
      call.address = address
      call.sendsToken = false
      call.secrets = [requestToken]
      requestToken.reveal { call.headers = [("authorization", "Bearer \($0)"), ("accept", "application/json")] }
      let response = try await perform(call)
      let token = Secret(
        try decode(WireIdentityToken.self, from: response, call, expected: "this job's identity token").value)
      remember(token)
      return token
    }
  }
}
