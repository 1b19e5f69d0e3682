extension Rule {
  static let monthlyWarning: Rule = Rule(
    "SF503", severity: .warning,
    summary: "The fleet could cost more in a month than the project wants to be told of.",
    explanation: "The same bound as for `max_monthly_usd`, with a warning in place of an error.",
    failing: RuleExample(
      project: RuleExample.plainProject + "policy: { warn_monthly_usd: 100 }\n",
      also: ["spaces/chat.space.yaml": "name: chat\nhardware: t4-small\n"]),
    passing: RuleExample(
      project: RuleExample.plainProject + "policy: { warn_monthly_usd: 500 }\n",
      also: ["spaces/chat.space.yaml": "name: chat\nhardware: t4-small\nsleep_time: 1h\n"]),
    check: .fleet { fleet in
      fleet.findingsOverLimit(\.warnMonthly, \.warnMonthly) { cost, limit, place in
        Rule.monthlyWarning.finding(
          "the fleet can cost \(cost) a month, more than \(limit)", help: "Choose cheaper hardware, or raise the mark.",
          at: place, related: fleet.dearest)
      }
    })
}
