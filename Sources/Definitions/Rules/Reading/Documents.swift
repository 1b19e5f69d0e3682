import YAML

extension Rule {
  static let documents: Rule = Rule(
    YAMLRule.documents,
    summary: "The file holds more than one document.",
    explanation: "One file defines one Space. What stands after a second `---` would be read by nobody.",
    failing: RuleExample("name: chat\n---\nname: other\n"),
    passing: RuleExample("---\nname: chat\n"),
    check: .reading)
}
