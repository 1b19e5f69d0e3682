import HTTP
import HubAPI
import SpaceModel

/// One call of the Hub's interface, before it has an address and a token.
struct HubCall: Sendable {
  enum Effect: Hashable, Sendable {
    /// Changes nothing, or nothing that a second time would change again: may be repeated.
    case read
    /// Sent once.
    case write
  }

  enum Redirects: Hashable, Sendable {
    /// Reported as `.moved`: a redirected write may have lost its body or its method.
    case refused
    case sameOrigin
    /// Also to other hosts, without the token: file contents live on a CDN.
    case elsewhereWithoutToken
  }

  /// The Hub counts calls in buckets (facts hub-api section 6.3).
  enum Bucket: Hashable, Sendable { case api, resolvers }

  var method: HTTPMethod
  /// Below the endpoint, beginning with `/`, percent-encoded.
  var path: String
  var query: [(name: String, value: String)] = []
  var headers: [(name: String, value: String)] = []
  var body: HTTPBody = .none
  var effect: Effect
  var redirects: Redirects = .refused
  /// The Space it is about.
  var space: SpaceID?
  /// False where an answer about another Space is an error rather than the news.
  var acceptsOtherSpace = false
  /// Values inside the body that must never be seen in an error, even when the Hub quotes them.
  var secrets: [Secret] = []
  var drain: HTTPRequest.Drain?
  /// Takes the answer's body while it comes. Without `drain` it is a stream without an end, and such a call is never repeated.
  var receiver: HTTPRequest.Receiver?
  var bucket: Bucket = .api
  /// A whole address that replaces endpoint, path and query: the next page, an upload's `href`.
  var address: WebAddress?
  /// False for signed addresses, which must not get it even on the Hub's own origin.
  var sendsToken = true

  /// The answer is a file's content: of any type and any length.
  var givesFile = false
  /// Where that content goes; nil collects it.
  var destination: Destination?

  /// What errors and traces call it: method and path.
  var name: String { "\(method.rawValue) \(path)" }

  /// Whether it gives or takes an address: create, move.
  var isAboutAddresses: Bool { path.hasPrefix("/api/repos/") }

  func url(endpoint: String) -> WebAddress? {
    if let address { return address }
    let parameters = query.map { "\(Percent.encode($0.name))=\(Percent.encode($0.value))" }.joined(separator: "&")
    return WebAddress(endpoint + path + (parameters.isEmpty ? "" : "?" + parameters))
  }

  /// A Hub that quotes what it was sent must not make us print it.
  func withoutSecrets(_ text: String) -> String {
    secrets.reduce(text) { text, secret in
      secret.reveal { value in value.isEmpty ? text : text.replacing(value, with: "<secret>") }
    }
  }
}

extension HubCall {
  static func get(_ path: String, query: [(name: String, value: String)] = [], of space: SpaceID? = nil) -> HubCall {
    HubCall(method: .get, path: path, query: query, effect: .read, redirects: .sameOrigin, space: space)
  }

  /// A write with a JSON body, or without one.
  static func write(_ method: HTTPMethod, _ path: String, _ body: JSONValue? = nil, of space: SpaceID? = nil) -> HubCall {
    var call = HubCall(method: method, path: path, effect: .write, space: space)
    if let body { call.setJSON(body) }
    return call
  }

  /// A POST that asks rather than changes: preupload, the LFS batch.
  static func ask(_ path: String, _ body: JSONValue, of space: SpaceID? = nil) -> HubCall {
    var call = HubCall(method: .post, path: path, effect: .read, space: space)
    call.setJSON(body)
    return call
  }

  private mutating func setJSON(_ value: JSONValue) {
    body = .bytes(Array(value.canonicalText.utf8))
    headers.append(("content-type", "application/json"))
  }
}

/// Percent-encoding of path segments and query values: everything but RFC 3986's unreserved characters.
enum Percent {
  private static let digits = Array("0123456789ABCDEF".utf8)

  static func encode(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
        bytes.append(byte)
      default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A path whose `/` stay.
  static func encode(path: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false).map { encode(String($0)) }.joined(separator: "/")
  }
}
