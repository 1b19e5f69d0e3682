import Diagnostics

extension Rule {
  static let passwordInURL: Rule = Rule(
    "SF410", hidesText: true,
    summary: "A definition has an address with a password in it.",
    explanation: """
      `https://user:password@host` and `postgres://user:password@host` hand the password to everyone who reads the \
      definition, and as a variable to everyone who sees the Space. Declare the whole address under `secrets`, or keep the \
      password apart from it.
      """,
    failing: RuleExample(
      "name: chat\nvariables:\n  DATABASE_URL: postgres://chat:\(ExampleToken.password)@db.acme.example/chat\n"),
    passing: RuleExample("name: chat\nsecrets:\n  DATABASE_URL: { env: DATABASE_URL }\n"),
    check: .secret { match, text, origin in
      guard match.kind.family == .password, origin == .definition, !isMasked(text.text(match.hidden)) else { return [] }
      return [
        Rule.passwordInURL.finding(
          "the address holds a password", help: "Declare the address under `secrets`, with `env`, `file` or `command`.",
          at: text.span(match.hidden))
      ]
    })

  /// Asterisks, crosses, and words in capitals stand for a password.
  private static func isMasked(_ text: String) -> Bool {
    Set(text.lowercased()).count == 1 || text.allSatisfy { $0.isUppercase || $0 == "_" || $0 == "-" }
  }
}
