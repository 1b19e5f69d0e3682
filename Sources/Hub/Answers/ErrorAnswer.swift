import HTTP
import HubAPI
import SpaceModel

/// Turns a failed answer into a `HubError`: facts hub-api section 6.2, first match wins.
struct ErrorAnswer: Sendable {
  var response: HTTPResponse
  var call: HubCall
  /// Whether the request carried a token.
  var sentToken: Bool
  /// False for the storage that uploads go to: what it refuses is a signed address, not a person.
  var isHub = true
  /// When the answer came, to read a `Retry-After` that is a date.
  var now: Timestamp

  var error: HubError {
    let text = AnswerText(response)
    let kind = self.kind(text)
    var message = call.withoutSecrets(text.joined)
    if message.isEmpty { message = isHub ? ErrorAnswer.words(for: response.status) : "the storage refused" }
    return HubError(
      kind: kind, call: call.name, status: response.status, message: message, requestID: ErrorAnswer.requestID(response),
      outcomeUnknown: call.effect == .write && (response.status >= 500 || response.status == 408))
  }

  private func kind(_ text: AnswerText) -> HubError.Kind {
    let code = response.headers["x-error-code"] ?? ""
    let words = text.joined.lowercased()
    switch code {
    case "RevisionNotFound": return .notFound(.revision)
    case "EntryNotFound": return .notFound(.entry)
    case "GatedRepo": return .forbidden
    default: break
    }
    if response.headers["x-error-message"] == "Access to this resource is disabled." { return .forbidden }
    if !isHub, response.status == 401 || response.status == 403 { return .rejected }
    if response.status == 401 {
      // Without a token a missing Space and a private one both answer 401: what is needed is a token.
      let isAboutTheToken = !sentToken || words.contains("invalid credentials in authorization header")
      return isAboutTheToken || call.space == nil ? .unauthenticated : .notFound(.repository)
    }
    if code == "RepoNotFound" { return .notFound(.repository) }
    if isTaken(words) { return .alreadyExists(url: text.url) }
    switch response.status {
    case 300..<400: return .moved(to: ErrorAnswer.target(of: response))
    case 402: return .paymentRequired
    case 403: return .forbidden
    case 404: return .notFound(.other)
    case 408, 500...: return .server
    case 409: return words.contains("in progress") ? .busy : .rejected
    case 412: return .staleParent
    case 429: return .rateLimited(after: retryAfter)
    case 400..<500: return .rejected
    default: return .malformedAnswer
    }
  }

  /// A 409 is "taken" or "busy" by its text alone. A move to a taken address says so with a status that no source names.
  private func isTaken(_ words: String) -> Bool {
    let says = words.contains("already exists") || words.contains("already created")
    return says && (response.status == 409 || (call.isAboutAddresses && [400, 422].contains(response.status)))
  }

  /// Seconds to wait after a 429. `t` counts only when the window is used up: limits on single actions answer with `r > 0`.
  var retryAfter: Int? {
    if let limit = RateLimitHeader(response.headers), limit.remaining == 0 { return limit.resetsIn }
    guard let text = response.headers["retry-after"] else { return nil }
    if let seconds = Int(text) { return max(0, seconds) }
    return HTTPDate.parse(text).map { max(0, Int($0.seconds(since: now).rounded(.up))) }
  }

  /// The Hub's id of the exchange, for its support (facts hub-api section 6.1).
  static func requestID(_ response: HTTPResponse) -> String? { requestID(response.headers) }

  static func requestID(_ headers: HeaderFields) -> String? {
    for name in ["x-request-id", "x-amzn-trace-id", "x-amz-cf-id"] {
      if let value = headers[name], !value.isEmpty { return ForeignText.plain(value) }
    }
    return nil
  }

  /// Where a redirect points: the Space's address when it is one, else the URL.
  static func target(of response: HTTPResponse) -> String? {
    guard let location = response.headers["location"] else { return nil }
    guard let address = response.url.resolving(location) else { return ForeignText.plain(location) }
    return SpaceID(inPath: address.path)?.description ?? address.withoutQuery
  }

  private static func words(for status: Int) -> String {
    switch status {
    case 300..<400: "the address has moved"
    case 401: "a valid token is needed"
    case 402: "the account's plan or payment does not allow it"
    case 403: "the token may not do this"
    case 404: "not found, or not visible to this token"
    case 409: "it conflicts with something that exists or is under way"
    case 412: "the branch has moved"
    case 429: "too many calls"
    case 500...: "the Hub failed and said no more"
    default: "the Hub refused and gave no reason"
    }
  }
}

extension SpaceID {
  /// The Space that a path of the Hub is about: `/api/spaces/owner/name/…` or `/spaces/owner/name/…`, below any prefix.
  init?(inPath path: String) {
    let segments = path.split(separator: "/").map(String.init)
    guard let start = segments.firstIndex(of: "spaces"), segments.count >= start + 3 else { return nil }
    let name = segments[start + 2]
    self.init(owner: segments[start + 1], name: name.hasSuffix(".git") ? String(name.dropLast(4)) : name)
  }
}
