import Diagnostics

extension Rule {
  static let keyPattern: Rule = Rule(
    "SF403",
    summary: "The name of a variable or secret is not one the Hub takes.",
    explanation: "Names consist of ASCII letters, digits and `_`, and begin with a letter.",
    failing: RuleExample("name: chat\nvariables: { LOG-LEVEL: info }\n"),
    passing: RuleExample("name: chat\nvariables: { LOG_LEVEL: info }\n"),
    check: .space { space, _ in
      let keys = space.variables.map { ($0.key, $0.place) } + space.secrets.map { ($0.key, $0.place) }
      return keys.compactMap { key, place in
        guard !isName(key) else { return nil }
        return Rule.keyPattern.finding(
          "`\(key)` cannot be the name of a variable or secret", help: "Use letters, digits and `_`, beginning with a letter.",
          at: place.key)
      }
    })

  private static func isName(_ key: String) -> Bool {
    for (index, byte) in key.utf8.enumerated() {
      switch byte {
      case 65...90, 97...122: continue
      case 48...57, 95: if index == 0 { return false }
      default: return false
      }
    }
    return !key.isEmpty
  }
}
