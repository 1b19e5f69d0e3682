import SpaceModel

extension Rule {
  static let sleepRequired: Rule = Rule(
    "SF504",
    summary: "Paid hardware has no sleep time although the project requires one.",
    explanation: """
      Paid hardware never sleeps unless a sleep time is set: it runs, and is billed, for ever. `never` says the same and does \
      not satisfy the policy. A `sleep_time` in `defaults` covers all paid Spaces at once.
      """,
    failing: RuleExample(
      "name: chat\nhardware: t4-small\n",
      project: RuleExample.plainProject + "policy: { require_sleep_time_on_paid_hardware: true }\n"),
    passing: RuleExample(
      "name: chat\nhardware: t4-small\nsleep_time: 1h\n",
      project: RuleExample.plainProject + "policy: { require_sleep_time_on_paid_hardware: true }\n"),
    check: .space { space, fleet in
      let policy = fleet.project.policy
      guard policy.value.requireSleepTimeOnPaidHardware, space.isPaid, let flavour = space.flavour else { return [] }
      if case .after = space.sleepTime?.value { return [] }
      return [
        Rule.sleepRequired.finding(
          "`\(flavour)` is billed and never sleeps here", help: "Write a `sleep_time`, such as 1h.",
          at: space.sleepTime?.place.value ?? space.hardware?.place.value ?? space.namePlace.value,
          related: policy.related(policy.requireSleepTime))
      ]
    })
}
