import SpaceModel

extension Rule {
  static let unknownPrice: Rule = Rule(
    "SF508", severity: .warning,
    summary: "Hardware without a known price is missing from the cost bound.",
    explanation: """
      No price is published for some flavours, and none is known for flavours newer than this program. Where the project \
      limits its cost, such a Space is not counted.
      """,
    failing: RuleExample(
      "name: chat\nhardware: sprx8\n", project: RuleExample.plainProject + "policy: { max_monthly_usd: 100 }\n"),
    passing: RuleExample(
      "name: chat\nhardware: cpu-upgrade\nsleep_time: 1h\n",
      project: RuleExample.plainProject + "policy: { max_monthly_usd: 100 }\n"),
    check: .space { space, fleet in
      let policy = fleet.project.policy
      guard policy.value.maximumMonthly != nil || policy.value.warnMonthly != nil, space.monthlyUpperBound == nil,
        let flavour = space.flavour
      else { return [] }
      return [
        Rule.unknownPrice.finding(
          "the price of `\(flavour)` is not known, so the project's cost limit does not count it",
          help: "Check the price on the Hub before applying.", at: space.hardware?.place.value ?? space.namePlace.value,
          related: policy.related(policy.maximumMonthly ?? policy.warnMonthly))
      ]
    })
}
