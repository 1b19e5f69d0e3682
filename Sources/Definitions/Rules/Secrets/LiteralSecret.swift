extension Rule {
  static let literalSecret: Rule = Rule(
    "SF401",
    summary: "A secret's value stands in a definition.",
    explanation: """
      Definitions are committed, reviewed and copied: a value in one is known to everyone who can read the repository, for \
      ever. Say where the value comes from at apply: an environment variable, a file that is not committed, or a command. \
      A value that was committed must be replaced at its issuer.
      """,
    failing: RuleExample("name: chat\nsecrets:\n  API_KEY: not-a-real-value\n"),
    passing: RuleExample("name: chat\nsecrets:\n  API_KEY: { env: API_KEY }\n"),
    check: .schema)

  static func secretAdvice(_ name: String) -> String {
    "Write `\(name): { env: \(name) }`, `{ file: PATH }` or `{ command: [PROGRAM, ...] }`; the value itself is never written down."
  }
}
