import Diagnostics

extension Rule {
  static let keyInBoth: Rule = Rule(
    "SF402",
    summary: "One key is a variable and a secret.",
    explanation: """
      The Hub accepts both and then refuses to start the Space (\"Collision on variables and secrets names\") until one of them \
      is removed. Variables are public, so keep the secret.
      """,
    failing: RuleExample("name: chat\nvariables: { API_KEY: none }\nsecrets:\n  API_KEY: { env: API_KEY }\n"),
    passing: RuleExample("name: chat\nvariables: { API_URL: none }\nsecrets:\n  API_KEY: { env: API_KEY }\n"),
    check: .space { space, _ in
      guard !space.variables.isEmpty, !space.secrets.isEmpty else { return [] }
      let variables = Dictionary(space.variables.map { ($0.key, $0.place) }, uniquingKeysWith: { first, _ in first })
      return space.secrets.compactMap { secret in
        guard let other = variables[secret.key] else { return nil }
        return Rule.keyInBoth.finding(
          "`\(secret.key)` is a variable and a secret", help: "Remove one of the two; variables are public.",
          at: secret.place.key, related: [RelatedSpan(span: other.key, message: "the variable")])
      }
    })
}
