import Diagnostics
import HTTP
import Platform
import SpaceModel

/// Calls of a code host's programming interface: JSON in, JSON out, with patience for limits and outages.
///
/// The token goes to the origin of the interface only: pages that follow are taken from its `Link` headers if they are there too, and
/// redirects are not followed.
struct HostClient: Sendable {
  /// How long to wait for a host that asks for it.
  static let longestWait = 60.0
  private static let tries = 4

  private let base: WebAddress
  private let headers: [(name: String, value: String)]
  private let driver: CurlDriver
  private let sleep: @Sendable (Double) async -> Void
  /// What to give the token's owner, for messages.
  private let permission: String

  /// - Parameters:
  ///   - api: the base of the interface, without a slash at its end.
  ///   - headers: sent with each call; the token among them.
  ///   - permission: what a token that is refused lacks, as a sentence.
  init(
    api: String, headers: [(name: String, value: String)], permission: String, environment: [String: String],
    sleep: @escaping @Sendable (Double) async -> Void
  ) throws(Failure) {
    guard let base = WebAddress(api), !base.hasCredentials else {
      throw Failure(
        doing: "looking for the code host", problem: "`\(ForeignText.plain(api))` is no address of a web service",
        help: "Leave the variables of the CI system as it sets them.")
    }
    self.base = base
    self.headers = headers + [("user-agent", "spaceform")]
    self.permission = permission
    self.sleep = sleep
    driver = CurlDriver(
      options: TransportOptions(
        proxies: ProxySettings(environment: environment),
        certificateFile: CertificateBundle.path(environment: environment), connections: 2))
  }

  /// One answer.
  func call(_ method: HTTPMethod, _ path: String, _ body: JSONValue? = nil, doing: String) async throws(Failure) -> JSONValue {
    try await answer(method, try address(path, doing), body, doing).json
  }

  /// All pages of a list.
  func list(_ path: String, doing: String) async throws(Failure) -> [JSONValue] {
    var next: WebAddress? = try address(path, doing)
    var elements: [JSONValue] = []
    var pages = 0
    while let page = next, pages < 50 {
      pages += 1
      let (json, headers) = try await answer(.get, page, nil, doing)
      guard let list = json.arrayValue else { throw unreadable(doing) }
      elements += list
      next = LinkHeader.next(in: headers).flatMap(page.resolving).flatMap { $0.origin == base.origin ? $0 : nil }
    }
    return elements
  }

  private func address(_ path: String, _ doing: String) throws(Failure) -> WebAddress {
    guard let address = WebAddress(base.text + (base.text.hasSuffix("/") ? "" : "/") + path), address.origin == base.origin
    else {
      throw Failure(doing: doing, problem: "\(path) is no address at \(base.hostAndPort)")
    }
    return address
  }

  private func answer(
    _ method: HTTPMethod, _ address: WebAddress, _ body: JSONValue?, _ doing: String
  ) async throws(Failure) -> (json: JSONValue, headers: HeaderFields) {
    var attempt = 0
    while true {
      attempt += 1
      let request = HTTPRequest(
        method: method, url: address, headers: headers + (body == nil ? [] : [("content-type", "application/json")]),
        body: body.map { .bytes(Array($0.canonicalText.utf8)) } ?? .none, isRepeatable: method == .get)
      let response: HTTPResponse
      do throws(TransportFailure) { response = try await driver.send(request) } catch {
        // A comment that may have been made is not made again: the next run edits it.
        guard attempt < HostClient.tries, method != .post || !error.mayHaveArrived, error.cause != .setup else {
          throw Failure(doing: doing, problem: error.message, help: "Run the job again when the host can be reached.")
        }
        await sleep(Double(attempt))
        continue
      }
      if (200..<300).contains(response.status) {
        if response.body.isEmpty { return (.null, response.headers) }
        guard let json = try? JSONDecoder().decode(JSONValue.self, from: response.body) else { throw unreadable(doing) }
        return (json, response.headers)
      }
      guard attempt < HostClient.tries, let wait = HostClient.wait(response, method, attempt) else {
        throw failure(response, doing)
      }
      await sleep(wait)
    }
  }

  /// How long to wait before another try; nil when none can help. GitHub answers 403 as well as 429 when there were too many calls.
  private static func wait(_ response: HTTPResponse, _ method: HTTPMethod, _ attempt: Int) -> Double? {
    let asked = response.headers["retry-after"].flatMap(Double.init)
    let isLimited = response.status == 429 || (response.status == 403 && (asked != nil || isSpent(response)))
    if isLimited {
      let wait = asked ?? Double(attempt) * 10
      return wait <= longestWait ? wait : nil
    }
    if response.status == 503 || (response.status >= 500 && method != .post) {
      return min(asked ?? Double(attempt), longestWait)
    }
    return nil
  }

  private static func isSpent(_ response: HTTPResponse) -> Bool { response.headers["x-ratelimit-remaining"] == "0" }

  private func failure(_ response: HTTPResponse, _ doing: String) -> Failure {
    let said = (try? JSONDecoder().decode(JSONValue.self, from: response.body)).flatMap { json in
      (json["message"] ?? json["error"]).map { $0.stringValue ?? $0.canonicalText }
    }
    let words = "\(base.hostAndPort) answered \(response.status)" + (said.map { ": \(ForeignText.plain($0))" } ?? "")
    return switch response.status {
    case 401:
      Failure(doing: doing, problem: words, help: "The token is not valid any more: set another one.", status: .notAllowed)
    case 403 where HostClient.isSpent(response), 429:
      Failure(doing: doing, problem: words, help: "The host's limit of calls is reached: run the job again later.")
    case 403, 404: Failure(doing: doing, problem: words, help: permission, status: .notAllowed)
    default: Failure(doing: doing, problem: words, help: "Run the job again; what was applied is recorded.")
    }
  }

  private func unreadable(_ doing: String) -> Failure {
    Failure(doing: doing, problem: "the answer of \(base.hostAndPort) is not the JSON that its documentation describes")
  }
}
