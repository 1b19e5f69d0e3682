import YAML

extension Rule {
  static let encoding: Rule = Rule(
    YAMLRule.encoding,
    summary: "The file is not text that YAML allows.",
    explanation: """
      Definitions are UTF-8 without control characters. Other encodings read differently on every machine, and a control \
      character is invisible in review.
      """,
    failing: RuleExample("name: chat\ncard: { title: \"a\u{1}b\" }\n"),
    passing: RuleExample("name: chat\ncard: { title: \"a b\" }\n"),
    check: .reading)
}
