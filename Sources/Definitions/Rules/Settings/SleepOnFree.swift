extension Rule {
  static let sleepOnFree: Rule = Rule(
    "SF105", severity: .warning,
    summary: "A sleep time is declared on free hardware.",
    explanation: """
      The Hub accepts the setting and ignores it: free hardware sleeps after 48 hours, whatever is asked for. A sleep time in \
      `defaults` falls on paid hardware only.
      """,
    failing: RuleExample("name: chat\nhardware: cpu-basic\nsleep_time: 1h\n"),
    passing: RuleExample("name: chat\nhardware: cpu-upgrade\nsleep_time: 1h\n"),
    check: .space { space, _ in
      guard let sleep = space.sleepTime, let flavour = space.flavour, flavour.hasFixedSleep else { return [] }
      return [
        Rule.sleepOnFree.finding(
          "`\(flavour)` ignores `sleep_time`", help: "Remove `sleep_time`, or choose paid hardware.", at: sleep.place.key,
          fix: .removingEntry(atKey: sleep.place.key, "remove `sleep_time`"))
      ]
    })
}
