import Diagnostics

extension Rule {
  static let dependencyCycle: Rule = Rule(
    "SF604",
    summary: "Spaces depend on each other in a circle.",
    explanation: """
      A Space waits until those it refers to exist, and until those in its `depends_on` are live. In a circle each waits for \
      the next and none can begin. A Space may refer to itself in a variable, but not in `depends_on`.
      """,
    failing: RuleExample(
      "name: chat\ndepends_on: [backend]\n",
      also: ["spaces/backend.space.yaml": "name: backend\nvariables: { FRONT: \"${space.chat.url}\" }\n"]),
    passing: RuleExample(
      "name: chat\ndepends_on: [backend]\n", also: ["spaces/backend.space.yaml": "name: backend\n"]),
    check: .fleet { fleet in
      let graph = DependencyGraph(fleet)
      return graph.cycles.map { cycle in
        let names = cycle.map { fleet.spaces[$0.from].name ?? fleet.spaces[$0.from].file }
        let path = (names + names.prefix(1)).map { "`\($0)`" }.joined(separator: " → ")
        return Rule.dependencyCycle.finding(
          cycle.count == 1 ? "`\(names[0])` depends on itself" : "a circle of dependencies: \(path)",
          help: "Remove one of them.", at: cycle[0].span,
          related: cycle.dropFirst().map { edge in
            RelatedSpan(span: edge.span, message: "and `\(fleet.spaces[edge.from].name ?? "")` depends on the next")
          })
      }
    })
}
