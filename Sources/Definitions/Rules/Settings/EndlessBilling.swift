import SpaceModel

extension Rule {
  static let endlessBilling: Rule = Rule(
    "SF116", severity: .warning,
    summary: "Paid hardware never sleeps.",
    explanation: """
      Paid hardware sleeps only when a sleep time is set: without one it runs, and is billed, for ever. A `sleep_time` in \
      `defaults` covers all paid Spaces at once. Where the project's policy requires a sleep time, SF504 says so instead.
      """,
    failing: RuleExample("name: chat\nhardware: t4-small\n"),
    passing: RuleExample("name: chat\nhardware: t4-small\nsleep_time: 1h\n"),
    check: .space { space, fleet in
      guard !fleet.project.policy.value.requireSleepTimeOnPaidHardware, let flavour = space.flavour,
        let offer = HardwareCatalogue.published[flavour], offer.isPaid
      else { return [] }
      if case .after = space.sleepTime?.value { return [] }
      return [
        Rule.endlessBilling.finding(
          "`\(flavour)` is billed and never sleeps here", help: "Write a `sleep_time`, such as 1h.",
          at: space.sleepTime?.place.value ?? space.hardware?.place.value ?? space.namePlace.value)
      ]
    })
}
