import Diagnostics

/// Which rules count in a run: all that are on by default, or what `--select`, `--extend-select` and `--ignore` say.
///
/// Each entry is a rule's id or the beginning of one (`SF4` for a family). Of two entries that fit a rule the longer one decides, and
/// of two equally long ones that which ignores.
public struct RuleSelection: Sendable, Hashable {
  /// Nil: the rules that are on by default.
  public var select: [String]?
  /// Beside those.
  public var extend: [String]
  public var ignore: [String]

  public static let standard = RuleSelection()

  public init(select: [String]? = nil, extend: [String] = [], ignore: [String] = []) {
    self.select = select?.map { $0.uppercased() }
    self.extend = extend.map { $0.uppercased() }
    self.ignore = ignore.map { $0.uppercased() }
  }

  func includes(_ rule: Rule) -> Bool {
    let chosen = (select ?? []) + extend
    let wanted = chosen.filter(rule.id.hasPrefix).map(\.count).max()
    let unwanted = ignore.filter(rule.id.hasPrefix).map(\.count).max()
    guard let wanted = wanted ?? (select == nil && rule.isOnByDefault ? 0 : nil) else { return false }
    return unwanted.map { $0 < wanted } ?? true
  }

  /// Entries that fit no rule.
  public var unknown: [String] {
    ((select ?? []) + extend + ignore).filter { entry in !RuleRegistry.all.contains { $0.id.hasPrefix(entry) } }
  }
}
