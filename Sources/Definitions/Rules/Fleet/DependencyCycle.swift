import Diagnostics

extension Rule {
  static let dependencyCycle: Rule = Rule(
    "SF604", isStructural: true,
    summary: "Spaces depend on each other in a circle.",
    explanation: """
      A Space waits until those it refers to exist, and until those in its `depends_on` are live. In a circle each waits for \
      the next and none can begin. A Space may refer to itself in a variable, but not in `depends_on`.
      """,
    failing: RuleExample(
      "name: chat\ndepends_on: [talk]\n",
      also: ["spaces/talk.space.yaml": "name: talk\nvariables: { FRONT: \"${space.chat.url}\" }\n"]),
    passing: RuleExample(
      "name: chat\ndepends_on: [talk]\n", also: ["spaces/talk.space.yaml": "name: talk\n"]),
    check: .fleet { fleet in
      let graph = DependencyGraph(fleet)
      return graph.cycles.map { cycle in
        let names = cycle.map { fleet.spaces[$0.from].name ?? fleet.spaces[$0.from].file }
        return Rule.dependencyCycle.finding(
          cycle.count == 1 ? "`\(names[0])` depends on itself" : "a circle of \(cycle.count) dependencies: \(path(names))",
          help: "Remove one of them.", at: cycle[0].span,
          related: cycle.dropFirst().prefix(shown).map { edge in
            RelatedSpan(
              span: edge.span,
              message: "`\(fleet.spaces[edge.from].name ?? "")` depends on `\(fleet.spaces[edge.to].name ?? "")`")
          })
      }
    })

  /// A circle may go through thousands of Spaces; nobody reads more than a few.
  private static let shown = 8

  private static func path(_ names: [String]) -> String {
    let quoted = names.map { "`\($0)`" }
    guard quoted.count > shown else { return (quoted + quoted.prefix(1)).joined(separator: " → ") }
    return (quoted.prefix(shown - 1) + ["…", quoted[0]]).joined(separator: " → ")
  }
}
