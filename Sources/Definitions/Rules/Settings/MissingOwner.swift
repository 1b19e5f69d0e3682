extension Rule {
  static let missingOwner: Rule = Rule(
    "SF102", isStructural: true,
    summary: "A Space has no owner.",
    explanation: """
      A Space's address is owner and name. The owner stands in the Space's file, in `defaults`, or once for all in the \
      project file. It is never taken from the token: the same files must mean the same Spaces for everyone.
      """,
    failing: RuleExample("name: chat\n", project: "version: 1\nproject: demos\n"),
    passing: RuleExample("name: chat\nowner: acme\n", project: "version: 1\nproject: demos\n"),
    check: .space { space, fleet in
      guard space.owner == nil, let name = space.name else { return [] }
      return [
        Rule.missingOwner.finding(
          "the Space `\(name)` has no owner",
          help: "Write `owner: NAME` in \(fleet.project.file), for all Spaces, or in this file.", at: space.namePlace.value)
      ]
    })
}
