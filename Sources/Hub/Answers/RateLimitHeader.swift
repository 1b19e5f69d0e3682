import HTTP

/// What an answer says of the request quota (facts hub-api section 6.3): `RateLimit: "api";r=487;t=212` and
/// `RateLimit-Policy: "fixed window";"api";q=500;w=300`.
struct RateLimitHeader: Hashable, Sendable {
  /// `api`, `resolvers` or `pages`.
  var bucket: String
  var remaining: Int
  /// Seconds until the window starts again.
  var resetsIn: Int
  /// Calls a window.
  var limit: Int?

  init?(_ headers: HeaderFields) {
    guard let text = headers["ratelimit"], let remaining = RateLimitHeader.number("r", in: text), remaining >= 0,
      let resetsIn = RateLimitHeader.number("t", in: text), resetsIn >= 0
    else { return nil }
    bucket = text.split(separator: "\"", omittingEmptySubsequences: false).dropFirst().first.map(String.init) ?? ""
    self.remaining = remaining
    self.resetsIn = resetsIn
    limit = headers["ratelimit-policy"].flatMap { RateLimitHeader.number("q", in: $0) }
  }

  private static func number(_ name: String, in text: String) -> Int? {
    for part in text.split(whereSeparator: { $0 == ";" || $0 == "," }) {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, pair[0].drop(while: { $0 == " " }) == name else { continue }
      return Int(pair[1].filter { $0 != " " })
    }
    return nil
  }
}
