/// What goes wrong on purpose: rules such as `POST /api/repos/create:503*2,commit:reset-after*1,*:429%5`.
///
/// A rule is SELECTOR:KIND with an optional `*COUNT` (so many times) or `%PERCENT` (of the calls, by a fixed seed). SELECTOR is
/// `*`, the short name of a call (`create`, `commit`, `list`), or a path or `METHOD path` in which `*` stands for any text.
public struct FaultPlan: Sendable {
  public enum Kind: Hashable, Sendable {
    /// Refused before anything happens.
    case status(Int)
    /// 429 of the request quota: nothing is left until the window ends, in a second.
    case quota
    /// 429 of an action limit: calls remain, `Retry-After` says one second.
    case actionLimit
    /// The connection is cut before anything happens.
    case resetBefore
    /// It happens, and the connection is cut instead of the answer.
    case resetAfter
    /// It happens, and the answer is 200 with bytes that are no answer.
    case garbage
    /// Milliseconds before anything happens.
    case slow(Int)
  }

  private struct Rule: Sendable {
    var method: String?
    var selector: String
    var kind: Kind
    var left: Int?
    var percent: Int?
  }

  /// Why a specification was not understood.
  public struct Complaint: Error, Hashable, Sendable, CustomStringConvertible {
    public var text: String
    public var description: String { text }
  }

  private var rules: [Rule] = []
  private var random: UInt64 = 0x5EED

  public init() {}

  public init(_ text: String) throws(Complaint) {
    for part in text.split(separator: ",") {
      let rule = part.drop { $0 == " " }
      guard let colon = rule.lastIndex(of: ":") else {
        throw Complaint(text: "\(rule) is not SELECTOR:KIND; for example commit:reset-after*1")
      }
      var selector = String(rule[..<colon])
      var method: String?
      if let space = selector.firstIndex(of: " ") {
        method = selector[..<space].uppercased()
        selector = String(selector[selector.index(after: space)...])
      }
      var what = String(rule[rule.index(after: colon)...])
      var left: Int?
      var percent: Int?
      if let mark = what.lastIndex(where: { $0 == "*" || $0 == "%" }) {
        guard let number = Int(what[what.index(after: mark)...]), number > 0 else {
          throw Complaint(text: "\(what) ends in no number above zero")
        }
        if what[mark] == "*" { left = number } else { percent = number }
        what = String(what[..<mark])
      }
      guard let kind = FaultPlan.kind(what) else {
        throw Complaint(
          text: "\(what) is no kind of fault; there are a status such as 503, 429, 429-action, reset-before, reset-after, "
            + "garbage and slow=2s")
      }
      rules.append(Rule(method: method, selector: selector, kind: kind, left: left, percent: percent))
    }
  }

  private static func kind(_ text: String) -> Kind? {
    switch text {
    case "429": return .quota
    case "429-action": return .actionLimit
    case "reset-before": return .resetBefore
    case "reset-after": return .resetAfter
    case "garbage": return .garbage
    default: break
    }
    if text.hasPrefix("slow=") { return Milliseconds.read(String(text.dropFirst(5))).map(Kind.slow) }
    return Int(text).flatMap { (400...599).contains($0) ? .status($0) : nil }
  }

  /// The first rule that holds for a call, its count taken.
  public mutating func next(method: String, path: String, name: String) -> Kind? {
    for index in rules.indices where FaultPlan.matches(rules[index], method, path, name) {
      if let left = rules[index].left {
        guard left > 0 else { continue }
        rules[index].left = left - 1
      }
      if let percent = rules[index].percent {
        random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        guard Int((random >> 33) % 100) < percent else { continue }
      }
      return rules[index].kind
    }
    return nil
  }

  private static func matches(_ rule: Rule, _ method: String, _ path: String, _ name: String) -> Bool {
    if let wanted = rule.method, wanted != method { return false }
    if rule.selector == "*" || rule.selector == name { return true }
    guard rule.selector.hasPrefix("/") else { return false }
    return glob(Array(rule.selector.utf8)[...], Array(path.utf8)[...])
  }

  private static func glob(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    if first == UInt8(ascii: "*") {
      var rest = text
      while true {
        if glob(pattern.dropFirst(), rest) { return true }
        if rest.isEmpty { return false }
        rest = rest.dropFirst()
      }
    }
    return text.first == first && glob(pattern.dropFirst(), text.dropFirst())
  }
}

/// `50ms`, `2s` or `0`, as flags and faults write lengths of time.
public enum Milliseconds {
  public static func read(_ text: String) -> Int? {
    if text == "0" { return 0 }
    if text.hasSuffix("ms") { return Int(text.dropLast(2)).flatMap { $0 >= 0 ? $0 : nil } }
    if text.hasSuffix("s") { return Double(text.dropLast()).flatMap { $0 >= 0 && $0 < 86_400 ? Int($0 * 1000) : nil } }
    return nil
  }
}
