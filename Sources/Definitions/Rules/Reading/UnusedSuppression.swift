extension Rule {
  static let unusedSuppression: Rule = Rule(
    "SF018", severity: .warning,
    summary: "A comment silences a rule that finds nothing there.",
    explanation: """
      `# spaceform: ignore SF105` silences a rule on its own line, or on the next one when it stands alone; `ignore-file` in the whole \
      file. A comment that outlived its reason would also silence the next mistake. Rules without which there is no \
      definition, those of syntax, keys and references, cannot be silenced.
      """,
    failing: RuleExample("name: chat\nhardware: cpu-upgrade # spaceform: ignore SF105\nsleep_time: 1h\n"),
    passing: RuleExample(
      "name: chat\nhardware: cpu-basic\nsleep_time: 1h # spaceform: ignore SF105: moves to paid hardware soon\n"),
    check: .reading)
}
