extension Rule {
  static let wrongType: Rule = Rule(
    "SF011",
    summary: "A value is of another type than its key takes.",
    explanation: """
      Values are read by YAML 1.2: `yes`, `on` and `012` are text, `true` is a truth value, `3.10` is the number 3.1. \
      Quotes make text. A key with nothing after it has no value at all.
      """,
    failing: RuleExample("name: chat\nreplicas: two\n"),
    passing: RuleExample("name: chat\nreplicas: 1\n"),
    check: .schema)
}
