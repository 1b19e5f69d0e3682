extension Rule {
  static let badValue: Rule = Rule(
    "SF012",
    summary: "A value is not one its key takes.",
    explanation: """
      A word out of a closed set, a length of time, a number within bounds, an id or an address is written otherwise than \
      it must be.
      """,
    failing: RuleExample("name: chat\nvisibility: secret\n"),
    passing: RuleExample("name: chat\nvisibility: private\n"),
    check: .schema)
}
