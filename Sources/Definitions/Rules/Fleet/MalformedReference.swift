extension Rule {
  static let malformedReference: Rule = Rule(
    "SF605", isStructural: true,
    summary: "A reference is not written as one.",
    explanation: """
      In a variable's value `${space.NAME.ATTRIBUTE}` stands for a fact about another Space; the attributes are `url`, `host`, \
      `page` and `id`. Write `$${space` to mean the text itself. Every other `$` means itself.
      """,
    failing: RuleExample("name: chat\nvariables:\n  SELF: ${space.chat.address}\n"),
    passing: RuleExample("name: chat\nvariables:\n  SELF: ${space.chat.page}\n"),
    check: .space { space, _ in
      space.variables.flatMap { variable in
        variable.value.problems.map {
          Rule.malformedReference.finding($0.message, help: $0.help, at: variable.span(of: $0.range))
        }
      }
    })
}
