import SpaceModel

extension Rule {
  static let monthlyCost: Rule = Rule(
    "SF502",
    summary: "The fleet could cost more in a month than the project allows.",
    explanation: """
      The upper bound is 730 hours times the price times the replicas, summed over all Spaces, as if none ever slept. \
      Hardware of unknown price is not in the sum.
      """,
    failing: RuleExample(
      project: RuleExample.plainProject + "policy: { max_monthly_usd: 100 }\n",
      also: ["spaces/chat.space.yaml": "name: chat\nhardware: t4-small\n"]),
    passing: RuleExample(
      project: RuleExample.plainProject + "policy: { max_monthly_usd: 500 }\n",
      also: ["spaces/chat.space.yaml": "name: chat\nhardware: t4-small\nsleep_time: 1h\n"]),
    check: .fleet { fleet in
      fleet.findingsOverLimit(\.maximumMonthly, \.maximumMonthly) { cost, limit, place in
        Rule.monthlyCost.finding(
          "the fleet can cost \(cost) a month; the project allows \(limit)",
          help: "Choose cheaper hardware or fewer replicas, or raise the limit.", at: place, related: fleet.dearest)
      }
    })
}
