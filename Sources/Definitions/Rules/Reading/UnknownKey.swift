extension Rule {
  static let unknownKey: Rule = Rule(
    "SF010",
    summary: "A key is not one of those known at its place.",
    explanation: """
      A misspelt key that is silently ignored is a setting that silently does not hold. Front matter keys of your own go \
      under `card.extra`.
      """,
    failing: RuleExample("name: chat\nhardwear: cpu-basic\n"),
    passing: RuleExample("name: chat\nhardware: cpu-basic\n"),
    check: .schema)
}
