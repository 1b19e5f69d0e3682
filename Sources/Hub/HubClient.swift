import HubAPI
import Locking
import Platform
import SpaceModel

/// The Hub over HTTP.
///
/// Reads are repeated after passing faults, writes are sent once; the token goes to the Hub's own origin alone; calls slow down
/// before the quota is used up. Endpoints are in `Endpoints/`, one file a group.
public final class HubClient: HubAPI {
  public let endpoint: String
  /// Where the token in use came from; nil for anonymous calls.
  public var tokenSource: AccessToken.Source? { configuration.token?.source }

  let configuration: HubConfiguration
  private let driver: CurlDriver
  private let gate: Gate
  private let timing: HubTiming
  private let trace: (@Sendable (HubCallRecord) -> Void)?
  private let observed = Locked(Observed())
  private let exchanged: TokenExchange
  private let standing: LoginRenewal
  /// Tokens got on the way, which no message may show.
  private let acquired = Locked<[Secret]>([])

  private struct Observed: Sendable {
    var pacer = RequestPacer()
    var quota: Quota?
    var clockOffset: Double?
  }

  /// - Parameter trace: called after each exchange, from any thread.
  public init(
    configuration: HubConfiguration, timing: HubTiming = .system, trace: (@Sendable (HubCallRecord) -> Void)? = nil
  ) {
    self.configuration = configuration
    self.timing = timing
    self.trace = trace
    endpoint = configuration.endpoint
    exchanged = TokenExchange(isRenewable: configuration.identityTokens?.isRenewable ?? false, now: timing.now)
    standing = LoginRenewal(configuration.token, sleep: timing.sleep)
    gate = Gate(width: configuration.concurrency)
    driver = CurlDriver(
      options: TransportOptions(
        proxies: configuration.proxies, certificateFile: configuration.certificateFile,
        connections: configuration.concurrency))
  }

  public var clockOffset: Double? { get async { observed.withLock { $0.clockOffset } } }
  public var quota: Quota? { get async { observed.withLock { $0.quota } } }

  public var listsSpaces: Bool { configuration.identityTokens == nil || configuration.token != nil }
  public var knowsIdentity: Bool { listsSpaces || configuration.bootstrapToken != nil }
  /// Whether Spaces are written to with tokens that this job's identity is traded for.
  public var isKeyless: Bool { configuration.identityTokens != nil }

  /// Makes a call: waits its turn, sends it, follows what may be followed, repeats what may be repeated.
  func perform(_ call: HubCall) async throws(HubError) -> HTTPResponse {
    guard !configuration.isOffline else {
      throw HubError(kind: .transport, call: call.name, message: "HF_HUB_OFFLINE is set, so the Hub is not asked")
    }
    var retries = 0
    var credentials = call.sendsToken ? configuration.credentials(for: call) : []
    while true {
      // What one credential may not do, the next one may; a refused call has changed nothing.
      let credential = credentials.first ?? .none
      let token: Secret?
      do throws(HubError) { token = try await secret(of: credential) } catch {
        guard error.isAboutAccess, credentials.count > 1 else { throw error }
        credentials.removeFirst()
        continue
      }
      do throws(AttemptFailure) {
        return try await attempt(call, token)
      } catch {
        if error.cause == nil, error.error.isRefusal, credentials.count > 1 {
          credentials.removeFirst()
          continue
        }
        // Who follows a stream has to know that another one began.
        guard call.receiver == nil || call.drain != nil,
          let wait = RetrySchedule.wait(
            after: error.error, cause: error.cause, effect: call.effect, retries: retries, jitter: timing.jitter())
        else { throw await explained(error.error, credential) }
        retries += 1
        do { try await timing.sleep(wait) } catch { throw interrupted(call) }
      }
    }
  }

  /// Bytes of a body that are sent in no time worth a limit of its own.
  private static let largestQuickBody = 1 << 20

  /// Why one try failed; `cause` when no answer came.
  private struct AttemptFailure: Error {
    var error: HubError
    var cause: TransportFailure.Cause?
  }

  /// A token that is refused because its login has run out says so.
  private func explained(_ error: HubError, _ credential: CallCredential) async -> HubError {
    guard credential == .standing, error.kind == .unauthenticated, let problem = await standing.problem else { return error }
    var error = error
    error.message += "; \(problem)"
    return error
  }

  private func secret(of credential: CallCredential) async throws(HubError) -> Secret? {
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

  private func attempt(_ call: HubCall, _ token: Secret?) async throws(AttemptFailure) -> HTTPResponse {
    guard await gate.enter() else { throw AttemptFailure(error: interrupted(call), cause: .cancelled) }
    defer { gate.leave() }
    guard var url = call.url(endpoint: endpoint), let home = WebAddress(endpoint) else {
      let error = HubError(kind: .transport, call: call.name, message: "\(endpoint)\(call.path) is not a usable address")
      throw AttemptFailure(error: error, cause: .setup)
    }
    var hops = 0
    while true {
      let sent = url.origin == home.origin ? token : nil
      let response = try await exchange(call, url, sent, isHub: url.origin == home.origin)
      if (200..<300).contains(response.status) {
        try refuseForeignPage(call, response)
        try refuseOtherSpace(call, response, hops: hops)
        return response
      }
      if [301, 302, 303, 307, 308].contains(response.status), hops < 5,
        let next = redirect(call, response, from: url, home: home)
      {
        hops += 1
        url = next
        continue
      }
      let answer = ErrorAnswer(
        response: response, call: call, sentToken: sent != nil, isHub: url.origin == home.origin, now: timing.date())
      throw AttemptFailure(error: withoutToken(answer.error))
    }
  }

  /// Where to go on; nil when the redirect is to be reported instead.
  private func redirect(_ call: HubCall, _ response: HTTPResponse, from url: WebAddress, home: WebAddress) -> WebAddress? {
    guard call.redirects != .refused, let next = response.headers["location"].flatMap(url.resolving) else { return nil }
    if next.origin == home.origin { return next }
    guard call.redirects == .elsewhereWithoutToken else { return nil }
    // Contents asked for over TLS do not come back in the clear.
    return home.origin.scheme == "https" && next.origin.scheme != "https" ? nil : next
  }

  /// A redirect that ends at another Space is not an answer about this one.
  private func refuseOtherSpace(_ call: HubCall, _ response: HTTPResponse, hops: Int) throws(AttemptFailure) {
    guard hops > 0, !call.acceptsOtherSpace, let asked = call.space, let answered = SpaceID(inPath: response.url.path),
      answered != asked
    else { return }
    throw AttemptFailure(
      error: HubError(
        kind: .moved(to: answered.description), call: call.name, status: response.status,
        message: "\(asked) has moved to \(answered)", requestID: ErrorAnswer.requestID(response)))
  }

  /// A page in HTML is never an answer of the Hub's interface: something on the way wrote it, and nobody knows what became of the
  /// call. Without this a write whose answer is not read would count as done.
  private func refuseForeignPage(_ call: HubCall, _ response: HTTPResponse) throws(AttemptFailure) {
    if response.isTooLarge {
      throw AttemptFailure(
        error: malformed(response, call, expected: "an answer of the Hub's interface", found: "it has no end in sight"))
    }
    guard !call.givesFile, response.headers["content-type"]?.lowercased().hasPrefix("text/html") == true else { return }
    throw AttemptFailure(
      error: malformed(
        response, call, expected: "an answer of the Hub",
        found: "a page in HTML came; a proxy or a login page may be in between"))
  }

  private func exchange(
    _ call: HubCall, _ url: WebAddress, _ token: Secret?, isHub: Bool
  ) async throws(AttemptFailure) -> HTTPResponse {
    try await pace(call, isHub: isHub)
    var request = HTTPRequest(
      method: call.method, url: url, headers: call.headers, body: call.body, isRepeatable: call.effect == .read,
      movesFile: call.givesFile || call.body.length > HubClient.largestQuickBody, destination: call.destination,
      drain: call.drain, receiver: call.receiver)
    if let position = call.destination?.position, position > 0 { request.headers.append(("range", "bytes=\(position)-")) }
    request.headers.append(("user-agent", "spaceform/\(SpaceformVersion.current)"))
    if isHub { request.headers.append(("x-amzn-trace-id", UUID().uuidString.lowercased())) }
    if let token {
      token.reveal { request.headers.append(("authorization", "Bearer \($0)")) }
    }
    let began = timing.now()
    do throws(TransportFailure) {
      let response = try await driver.send(request)
      note(response, call, isHub: isHub)
      record(call, request, isHub: isHub, began: began, response)
      return response
    } catch {
      if isHub { observed.withLock { $0.pacer.finish(call.bucket, nil, now: timing.now()) } }
      record(call, request, isHub: isHub, began: began, nil)
      throw AttemptFailure(
        error: HubError(
          kind: .transport, call: call.name, message: error.message, requestID: error.requestID,
          outcomeUnknown: call.effect == .write && error.mayHaveArrived), cause: error.cause)
    }
  }

  private func pace(_ call: HubCall, isHub: Bool) async throws(AttemptFailure) {
    guard isHub else { return }
    while true {
      let wait = observed.withLock { $0.pacer.admit(call.bucket, now: timing.now()) }
      if wait <= 0 { return }
      do { try await timing.sleep(wait) } catch { throw AttemptFailure(error: interrupted(call), cause: .cancelled) }
    }
  }

  private func note(_ response: HTTPResponse, _ call: HubCall, isHub: Bool) {
    guard isHub else { return }
    let limit = RateLimitHeader(response.headers)
    let offset = response.headers["date"].flatMap(HTTPDate.parse).map { $0.seconds(since: timing.date()) }
    observed.withLock { observed in
      observed.pacer.finish(call.bucket, limit, now: timing.now())
      if let offset { observed.clockOffset = offset }
      // The plan counts API calls; the larger bucket of file reads is not what runs out.
      if let limit, HubCall.Bucket(name: limit.bucket) == .api {
        observed.quota = Quota(remaining: limit.remaining, resetsIn: limit.resetsIn, limit: limit.limit)
      }
    }
  }

  private func record(_ call: HubCall, _ request: HTTPRequest, isHub: Bool, began: Double, _ response: HTTPResponse?) {
    guard let trace else { return }
    trace(
      HubCallRecord(
        method: call.method.rawValue, path: isHub ? request.url.path : request.url.withoutQuery, status: response?.status,
        milliseconds: Int(((timing.now() - began) * 1000).rounded()), requestID: response.flatMap(ErrorAnswer.requestID),
        curl: CurlLine.text(request, isSigned: !isHub || call.address != nil)))
  }

  private func interrupted(_ call: HubCall) -> HubError {
    HubError(kind: .transport, call: call.name, message: "interrupted before the call was sent")
  }

  /// Has a token masked in every message from now on.
  func remember(_ token: Secret) { acquired.withLock { $0.append(token) } }

  /// A token itself is never part of a message, not even when a server quotes it.
  private func withoutToken(_ error: HubError) -> HubError {
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
  fileprivate var isRefusal: Bool { kind == .unauthenticated || kind == .forbidden || kind == .notFound(.repository) }
}
