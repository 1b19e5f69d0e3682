extension Rule {
  static let gitStoreSettings: Rule = Rule(
    "SF019",
    summary: "A setting of the git store cannot work, or there is no git store for it.",
    explanation: """
      `lease` is how long an apply is believed to be alive without a sign of it. The holder gives a sign every third of it and begins \
      nothing in its last minute, so less than 3m leaves no time to work; more than a day would let a dead run block the others \
      for as long. `branch` has to be a name that git takes, and the branch is Spaceform's alone. `remote`, `branch` and `lease` \
      belong to `store: git`.
      """,
    failing: RuleExample(project: "version: 1\nowner: acme\nstate: { store: git, lease: 90s }\n"),
    passing: RuleExample(project: "version: 1\nowner: acme\nstate: { store: git, lease: 5m }\n"),
    check: .reading)
}
