extension Rule {
  static let emptyFile: Rule = Rule(
    "SF014",
    summary: "A definition file holds nothing.",
    explanation: """
      An empty file where a Space was defined would read as a Space that is no longer wanted, so it is refused. Remove the \
      file to remove the definition.
      """,
    failing: RuleExample("# nothing yet\n"),
    passing: RuleExample("name: chat\n"),
    check: .schema)
}
