import Diagnostics

/// Every rule there is.
public enum RuleRegistry {
  /// The rule with this id; letter case does not count.
  public static func rule(_ id: String) -> Rule? { byID[id.uppercased()] }

  private static let byID = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
}
