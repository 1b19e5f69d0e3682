import YAML

extension Rule {
  static let limit: Rule = Rule(
    YAMLRule.limit,
    summary: "The file is deeper or larger than is read.",
    explanation: """
      At most 64 levels, 100,000 values with every alias written out, and 4 MiB. The bounds are far above any real \
      definition; they keep a hostile file from using up memory and time.
      """,
    failing: RuleExample(
      "name: chat\ncard:\n  extra:\n    deep: "
        + String(repeating: "[", count: 70) + String(repeating: "]", count: 70) + "\n"),
    passing: RuleExample("name: chat\ncard:\n  extra:\n    deep: [[[]]]\n"),
    check: .reading)
}
