import HTTP
import HubAPI
import Platform
import SpaceModel

/// One try of a call: the exchanges it takes, and what is noted of them.
extension HubClient {
  /// Bytes of a body that are sent in no time worth a limit of its own.
  private static let largestQuickBody = 1 << 20

  /// Redirects followed for one call. The Hub needs one or two: a renamed Space, then the host that keeps the file.
  private static let mostRedirects = 5

  /// Why one try failed; `cause` when no answer came.
  struct AttemptFailure: Error {
    var error: HubError
    var cause: TransportFailure.Cause?
  }

  func attempt(_ call: HubCall, _ token: Secret?) async throws(AttemptFailure) -> HTTPResponse {
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
      if [301, 302, 303, 307, 308].contains(response.status),
        let next = redirect(call, response, from: url, home: home)
      {
        hops += 1
        guard hops <= HubClient.mostRedirects else {
          throw AttemptFailure(
            error: malformed(
              response, call, expected: "an answer after at most \(HubClient.mostRedirects) redirects",
              found: "another came, to \(next)"))
        }
        url = next
        continue
      }
      let answer = ErrorAnswer(
        response: response, call: call, sentToken: sent != nil, isHub: url.origin == home.origin, now: timing.date())
      throw AttemptFailure(error: withoutToken(answer.error))
    }
  }

  /// Where to go on; nil when the redirect is to be reported instead.
  func redirect(_ call: HubCall, _ response: HTTPResponse, from url: WebAddress, home: WebAddress) -> WebAddress? {
    guard call.redirects != .refused, let next = response.headers["location"].flatMap(url.resolving) else { return nil }
    if next.origin == home.origin { return next }
    guard call.redirects == .elsewhereWithoutToken else { return nil }
    // Contents asked for over TLS do not come back in the clear.
    return home.origin.scheme == "https" && next.origin.scheme != "https" ? nil : next
  }

  /// A redirect that ends at another Space is not an answer about this one.
  func refuseOtherSpace(_ call: HubCall, _ response: HTTPResponse, hops: Int) throws(AttemptFailure) {
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
  func refuseForeignPage(_ call: HubCall, _ response: HTTPResponse) throws(AttemptFailure) {
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

  func exchange(
    _ call: HubCall, _ url: WebAddress, _ token: Secret?, isHub: Bool
  ) async throws(AttemptFailure) -> HTTPResponse {
    try await pace(call, isHub: isHub)
    if isHub, call.method != .get, !mayWrite.withLock({ $0() }) {
      observed.withLock { $0.pacer.finish(call.bucket, nil, now: timing.now()) }
      let message = "it was not sent: while it waited its turn, the time in which this run may write came to its end"
      throw AttemptFailure(error: HubError(kind: .transport, call: call.name, message: message), cause: .cancelled)
    }
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
          kind: .transport, call: call.name, message: error.message, requestID: error.headers.flatMap(ErrorAnswer.requestID),
          outcomeUnknown: call.effect == .write && error.mayHaveArrived), cause: error.cause)
    }
  }

  func pace(_ call: HubCall, isHub: Bool) async throws(AttemptFailure) {
    guard isHub else { return }
    while true {
      let wait = observed.withLock { $0.pacer.admit(call.bucket, now: timing.now()) }
      if wait <= 0 { return }
      do { try await timing.sleep(wait) } catch { throw AttemptFailure(error: interrupted(call), cause: .cancelled) }
    }
  }

  func note(_ response: HTTPResponse, _ call: HubCall, isHub: Bool) {
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

  func record(_ call: HubCall, _ request: HTTPRequest, isHub: Bool, began: Double, _ response: HTTPResponse?) {
    guard let trace else { return }
    trace(
      HubCallRecord(
        method: call.method.rawValue, path: isHub ? request.url.path : request.url.withoutQuery, status: response?.status,
        milliseconds: Int(((timing.now() - began) * 1000).rounded()), requestID: response.flatMap(ErrorAnswer.requestID),
        curl: CurlLine.text(request, isSigned: !isHub || call.address != nil)))
  }
}
