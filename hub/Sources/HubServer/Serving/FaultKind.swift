/// One thing that goes wrong on purpose.
public enum FaultKind: Hashable, Sendable {
  /// Refused before anything happens.
  case status(Int)
  /// 429 of the request quota: nothing is left until the window ends, in a second (facts hub-api section 6.3).
  case quota
  /// 429 of an action limit: calls remain, `Retry-After` says one second (facts hub-api section 6.3).
  case actionLimit
  /// The connection is cut before anything happens.
  case resetBefore
  /// It happens, and the connection is cut instead of the answer.
  case resetAfter
  /// It happens, and the connection ends after half the body, whose whole length was announced.
  case truncated
  /// It happens, and the answer is 200 with bytes that are no answer.
  case garbage
  /// It happens, and the answer is 200 with JSON that is not what the call promises.
  case wrongShape
  /// It happens, and the answer is 200 without a body.
  case empty
  /// Nothing happens, and a gateway's page in HTML says 502.
  case html
  /// Nothing happens, and something on the way answers 200 with a page in HTML: a portal that wants a login.
  case portal
  /// Milliseconds before anything happens.
  case slow(Int)
  /// It happens, and the build it begins takes so many milliseconds of simulated time more.
  case slowBuild(Int)
  /// Somebody else commits to the Space just before.
  case foreignCommit
  /// Milliseconds by which the `Date` of the answer is wrong, ahead or behind.
  case skew(Int)

  /// A row of the documentation.
  public struct Entry: Hashable, Sendable {
    public var name: String
    public var example: String
    public var meaning: String
  }

  /// Every kind as it is written, with an example that can be pasted.
  public static let entries: [Entry] = [
    Entry(name: "400 to 599", example: "create:503*2", meaning: "refused with that status, nothing is done"),
    Entry(
      name: "429", example: "*:429%5",
      meaning: "the request quota is used up until the next second (`r=0;t=1`, `Retry-After: 1`), nothing is done"),
    Entry(
      name: "429-action", example: "create:429-action*1",
      meaning: "an action's own limit: `r` stays above 0, `Retry-After: 1`, nothing is done"),
    Entry(name: "reset-before", example: "commit:reset-before*1", meaning: "the connection is cut, nothing is done"),
    Entry(
      name: "reset-after", example: "commit:reset-after*1", meaning: "it is done, then the connection is cut: the lost answer"),
    Entry(
      name: "truncated", example: "list:truncated*1",
      meaning: "it is done, and the connection ends after half the body, whose whole `Content-Length` was announced"),
    Entry(name: "garbage", example: "info:garbage*1", meaning: "it is done, the answer is 200 with bytes that are no JSON"),
    Entry(
      name: "wrong-shape", example: "runtime:wrong-shape*1",
      meaning: "it is done, the answer is 200 with JSON that is not what the call promises"),
    Entry(name: "empty", example: "restart:empty*1", meaning: "it is done, the answer is 200 without a body"),
    Entry(name: "html", example: "GET /api/*:html%10", meaning: "a gateway's page in HTML with status 502, nothing is done"),
    Entry(
      name: "portal", example: "variables:portal*1",
      meaning: "something on the way answers 200 with a page in HTML, nothing is done"),
    Entry(name: "slow=TIME", example: "whoami:slow=2s", meaning: "it is done after a while"),
    Entry(
      name: "slow-build=TIME", example: "commit:slow-build=10m*1",
      meaning: "it is done, and the build it begins takes so much simulated time more"),
    Entry(
      name: "foreign-commit", example: "commit:foreign-commit*1",
      meaning: "somebody else commits to the Space just before, so that a `parentCommit` is stale"),
    Entry(
      name: "skew=TIME", example: "*:skew=-90s", meaning: "it is done, and the answer's `Date` is that much ahead or behind"),
  ]

  /// Reads a kind as rules write it; nil when it is none.
  static func read(_ text: String) -> FaultKind? {
    switch text {
    case "429": return .quota
    case "429-action": return .actionLimit
    case "reset-before": return .resetBefore
    case "reset-after": return .resetAfter
    case "truncated": return .truncated
    case "garbage": return .garbage
    case "wrong-shape": return .wrongShape
    case "empty": return .empty
    case "html": return .html
    case "portal": return .portal
    case "foreign-commit": return .foreignCommit
    default: break
    }
    guard let equals = text.firstIndex(of: "=") else {
      return Int(text).flatMap { (400...599).contains($0) ? .status($0) : nil }
    }
    var value = String(text[text.index(after: equals)...])
    switch text[..<equals] {
    case "slow": return Milliseconds.read(value).map(FaultKind.slow)
    case "slow-build": return Milliseconds.read(value).map(FaultKind.slowBuild)
    case "skew":
      let isBehind = value.hasPrefix("-")
      if isBehind { value.removeFirst() }
      return Milliseconds.read(value).map { .skew(isBehind ? -$0 : $0) }
    default: return nil
    }
  }

  /// As rules write it.
  var text: String {
    switch self {
    case .status(let status): String(status)
    case .quota: "429"
    case .actionLimit: "429-action"
    case .resetBefore: "reset-before"
    case .resetAfter: "reset-after"
    case .truncated: "truncated"
    case .garbage: "garbage"
    case .wrongShape: "wrong-shape"
    case .empty: "empty"
    case .html: "html"
    case .portal: "portal"
    case .slow(let milliseconds): "slow=\(milliseconds)ms"
    case .slowBuild(let milliseconds): "slow-build=\(milliseconds)ms"
    case .foreignCommit: "foreign-commit"
    case .skew(let milliseconds): "skew=\(milliseconds)ms"
    }
  }
}
