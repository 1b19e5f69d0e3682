import YAML

extension Rule {
  static let syntax: Rule = Rule(
    YAMLRule.syntax,
    summary: "The file is not readable as YAML.",
    explanation: """
      Also reported: an alias without an anchor, a tag other than `!!str`, and a key that is not a name. Nothing after the \
      first such place of a file can be checked, so other findings may appear once it is put right.
      """,
    failing: RuleExample("name: chat\nhardware: [cpu-basic\n"),
    passing: RuleExample("name: chat\nhardware: cpu-basic\n"),
    check: .reading)
}
