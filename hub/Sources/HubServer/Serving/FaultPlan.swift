/// What goes wrong on purpose: rules such as `POST /api/repos/create:503*2,commit:reset-after*1,*:429%5`.
///
/// A rule is SELECTOR:KIND with an optional `*COUNT` (so many times) or `%PERCENT` (of the calls). SELECTOR is `*`, the short name
/// of a call (`create`, `commit`, `list`), or a path or `METHOD path` in which `*` stands for any text.
///
/// Whether a percentage hits depends on the seed, the rule, and which call to this method and path it is. Calls that run side by
/// side to different paths do not change each other's luck, so the same calls meet the same faults in every run.
public struct FaultPlan: Sendable {
  private struct Rule: Sendable {
    var method: String?
    var selector: String
    var kind: FaultKind
    var left: Int?
    var percent: Int?
  }

  private struct Target: Hashable, Sendable {
    var rule: Int
    var method: String
    var path: String
  }

  /// Why a specification was not understood.
  public struct Complaint: Error, Hashable, Sendable, CustomStringConvertible {
    public var text: String
    public var description: String { text }
  }

  /// As it was given.
  public let text: String
  public let seed: UInt64
  private var rules: [Rule] = []
  private var calls: [Target: UInt64] = [:]

  public init() {
    text = ""
    seed = 1
  }

  /// - Parameters:
  ///   - text: the faults, as `--fault` takes them.
  ///   - seed: decides which calls a percentage hits.
  public init(_ text: String, seed: UInt64 = 1) throws(Complaint) {
    self.text = text
    self.seed = seed
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
      guard let kind = FaultKind.read(what) else {
        throw Complaint(
          text: "\(what) is no kind of fault; there are \(FaultKind.entries.map(\.name).joined(separator: ", "))")
      }
      rules.append(Rule(method: method, selector: selector, kind: kind, left: left, percent: percent))
    }
  }

  /// The first rule that holds for a call, its count taken.
  public mutating func next(method: String, path: String, name: String) -> FaultKind? {
    for index in rules.indices where FaultPlan.matches(rules[index], method, path, name) {
      if let left = rules[index].left {
        guard left > 0 else { continue }
        rules[index].left = left - 1
      }
      if let percent = rules[index].percent {
        let target = Target(rule: index, method: method, path: path)
        let number = calls[target, default: 0]
        calls[target] = number + 1
        guard FaultPlan.chance(seed, target, number) < UInt64(percent) else { continue }
      }
      return rules[index].kind
    }
    return nil
  }

  /// 0 to 99.
  private static func chance(_ seed: UInt64, _ target: Target, _ number: UInt64) -> UInt64 {
    let place = Fingerprint.of("\(target.rule) \(target.method) \(target.path)".utf8)
    var value = seed &* 0x9E37_79B9_7F4A_7C15 ^ place &+ (number &+ 1) &* 0xD1B5_4A32_D192_ED03
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return (value ^ (value >> 31)) % 100
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

/// `50ms`, `2s`, `10m` or `0`, as flags and faults write lengths of time.
public enum Milliseconds {
  public static func read(_ text: String) -> Int? {
    if text == "0" { return 0 }
    if text.hasSuffix("ms") { return Int(text.dropLast(2)).flatMap { $0 >= 0 ? $0 : nil } }
    let unit: Double
    switch text.last {
    case "s": unit = 1000
    case "m": unit = 60_000
    default: return nil
    }
    return Double(text.dropLast()).flatMap { $0 >= 0 && $0 * unit < 86_400_000 ? Int($0 * unit) : nil }
  }
}
