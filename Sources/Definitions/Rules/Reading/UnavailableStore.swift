extension Rule {
  static let unavailableStore: Rule = Rule(
    "SF016",
    summary: "The lock is to be kept in a store this version does not have.",
    explanation: """
      This version keeps the lock in `spaceform.lock` beside the project file. The `git` store, which keeps it on a branch \
      of a remote, is part of the format and not yet of the program.
      """,
    failing: RuleExample(project: "version: 1\nowner: acme\nstate: { store: git }\n"),
    passing: RuleExample(project: "version: 1\nowner: acme\nstate: { store: file }\n"),
    check: .reading)
}
