/// A family of rules: those whose ids begin alike.
public struct RuleFamily: Sendable, Hashable {
  /// `SF` and a digit.
  public let prefix: String
  public let title: String
  /// One word, for programs: `syntax`.
  public let tag: String

  public static let all = [
    RuleFamily(prefix: "SF0", title: "Syntax and schema", tag: "syntax"),
    RuleFamily(prefix: "SF1", title: "Space settings", tag: "settings"),
    RuleFamily(prefix: "SF2", title: "Card", tag: "card"), RuleFamily(prefix: "SF3", title: "App content", tag: "content"),
    RuleFamily(prefix: "SF4", title: "Secrets", tag: "secrets"),
    RuleFamily(prefix: "SF5", title: "Policy and cost", tag: "policy"),
    RuleFamily(prefix: "SF6", title: "Fleet", tag: "fleet"),
  ]

  /// The family of a rule's id; nil for what is none of ours.
  public static func of(rule id: String) -> RuleFamily? {
    guard id.utf8.count == 5, id.dropFirst(2).allSatisfy(\.isNumber) else { return nil }
    return all.first { id.hasPrefix($0.prefix) }
  }

  /// In the order of their ids.
  public var rules: [Rule] { RuleRegistry.all.filter { $0.id.hasPrefix(prefix) } }
}

extension Rule {
  /// Whether any of its findings can be put right by `validate --fix`; seen by its failing example.
  public var isFixable: Bool {
    (try? failing.checked(for: self))?.findings.contains { $0.rule == id && $0.fix != nil } ?? false
  }
}
