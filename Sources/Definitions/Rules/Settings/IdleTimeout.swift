import Diagnostics

extension Rule {
  static let idleTimeout: Rule = Rule(
    "SF122", severity: .warning,
    summary: "A timeout is declared for a wait that does not happen.",
    explanation: """
      Apply waits for a Space that has files of ours, by `source` or `template`, and for any other only where `wait` says \
      `for: running`. With `for: none` it never waits.
      """,
    failing: RuleExample("name: chat\nwait: { for: none, timeout: 10m }\n"),
    passing: RuleExample("name: chat\nwait: { for: running, timeout: 10m }\n"),
    check: .space { space, _ in
      guard let timeout = space.waitTimeout, !timeout.place.isDefault, space.waitCondition == .none else { return [] }
      return [
        Rule.idleTimeout.finding(
          "apply does not wait for this Space, so the timeout has no effect",
          help: "Write `for: running` beside it, or remove `timeout`.", at: timeout.place.key,
          related: space.waitFor.map { [RelatedSpan(span: $0.place.value, message: "not waited for by this")] } ?? [])
      ]
    })
}
