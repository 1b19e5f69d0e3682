extension Rule {
  static let missingKey: Rule = Rule(
    "SF013",
    summary: "A required key is missing.",
    explanation: "The mapping cannot be understood without it.",
    failing: RuleExample("hardware: cpu-basic\n"),
    passing: RuleExample("name: chat\nhardware: cpu-basic\n"),
    check: .schema)
}
