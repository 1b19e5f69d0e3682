extension Rule {
  static let formatVersion: Rule = Rule(
    "SF015",
    summary: "The project file's format is newer than this program.",
    explanation: """
      `version` names the format of `spaceform.yaml` and of the Space files. Guessing at a newer one could change Spaces in \
      ways nobody asked for.
      """,
    failing: RuleExample(project: "version: 2\nowner: acme\n"),
    passing: RuleExample(project: "version: 1\nowner: acme\n"),
    check: .reading)
}
