extension Rule {
  static let noDefinitions: Rule = Rule(
    "SF017", severity: .warning,
    summary: "No file matches the project's patterns.",
    explanation: """
      A project without Spaces is allowed, but more often a pattern is wrong or a folder was renamed. A plan over nothing is \
      refused while the lock still names Spaces.
      """,
    failing: RuleExample(project: "version: 1\nowner: acme\ninclude: [\"apps/*.space.yaml\"]\n"),
    passing: RuleExample(project: "version: 1\nowner: acme\ninclude: [\"spaces/*.space.yaml\"]\n"),
    check: .reading)
}
