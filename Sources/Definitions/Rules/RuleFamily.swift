/// A family of rules: those whose ids begin alike.
public struct RuleFamily: Sendable, Hashable {
  /// `SF` and a digit.
  public let prefix: String
  public let title: String

  public static let all = [
    RuleFamily(prefix: "SF0", title: "Syntax and schema"), RuleFamily(prefix: "SF1", title: "Space settings"),
    RuleFamily(prefix: "SF2", title: "Card"), RuleFamily(prefix: "SF3", title: "App content"),
    RuleFamily(prefix: "SF4", title: "Secrets"), RuleFamily(prefix: "SF5", title: "Policy and cost"),
    RuleFamily(prefix: "SF6", title: "Fleet"),
  ]

  /// In the order of their ids.
  public var rules: [Rule] { RuleRegistry.all.filter { $0.id.hasPrefix(prefix) } }
}

extension Rule {
  /// Whether any of its findings can be put right by `validate --fix`; seen by its failing example.
  public var isFixable: Bool {
    (try? failing.checked(for: self))?.findings.contains { $0.rule == id && $0.fix != nil } ?? false
  }
}
