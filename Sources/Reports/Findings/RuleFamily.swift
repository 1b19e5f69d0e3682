/// What a rule is about, by the hundreds of its number (DESIGN section 4).
enum RuleFamily: String {
  case syntax, settings, card, content, secrets, policy, fleet

  /// - Parameter rule: `SF` and three digits; nil for what is no number of a family.
  init?(rule: String) {
    guard rule.utf8.count == 5, rule.hasPrefix("SF"), let number = Int(rule.dropFirst(2)) else { return nil }
    switch number / 100 {
    case 0: self = .syntax
    case 1: self = .settings
    case 2: self = .card
    case 3: self = .content
    case 4: self = .secrets
    case 5: self = .policy
    case 6: self = .fleet
    default: return nil
    }
  }
}
