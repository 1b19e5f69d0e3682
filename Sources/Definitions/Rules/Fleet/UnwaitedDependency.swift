import Diagnostics

extension Rule {
  static let unwaitedDependency: Rule = Rule(
    "SF610", severity: .warning,
    summary: "A Space depends on one that apply does not wait for.",
    explanation: """
      `depends_on` holds a Space back until the other one is live. Where the other one says `wait: { for: none }` nobody finds out \
      whether it is, and this one is begun as soon as the other is written.
      """,
    failing: RuleExample(
      "name: chat\ndepends_on: [backend]\n", also: ["spaces/backend.space.yaml": "name: backend\nwait: { for: none }\n"]),
    passing: RuleExample(
      "name: chat\ndepends_on: [backend]\n", also: ["spaces/backend.space.yaml": "name: backend\nwait: { for: running }\n"]),
    check: .space { space, fleet in
      space.dependsOn.compactMap { entry in
        guard case .one(let index) = fleet.names.find(entry.value), let wait = fleet.spaces[index].waitFor, wait.value == .none
        else { return nil }
        return Rule.unwaitedDependency.finding(
          "`\(entry.value)` is not waited for, so this Space is begun before it is live",
          help: "Let `\(entry.value)` be waited for, or remove it here.", at: entry.place.value,
          related: [RelatedSpan(span: wait.place.value, message: "not waited for by this")])
      }
    })
}
