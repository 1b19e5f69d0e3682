import YAML

extension Rule {
  static let duplicateKey: Rule = Rule(
    YAMLRule.duplicateKey,
    summary: "A key appears twice in one mapping.",
    explanation: """
      Most readers keep the last value and say nothing, so that a line above is dead without anyone noticing. Every \
      repeated key of the file is reported.
      """,
    failing: RuleExample("name: chat\nhardware: cpu-basic\nhardware: cpu-upgrade\n"),
    passing: RuleExample("name: chat\nhardware: cpu-basic\n"),
    check: .reading)
}
