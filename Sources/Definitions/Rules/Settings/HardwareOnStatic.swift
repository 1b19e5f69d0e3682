extension Rule {
  static let hardwareOnStatic: Rule = Rule(
    "SF104",
    summary: "A static Space has hardware.",
    explanation: """
      A static Space is files served by the Hub: nothing runs, and a request for hardware is refused. Hardware in \
      `defaults` passes static Spaces by.
      """,
    failing: RuleExample("name: chat\nsdk: static\nhardware: cpu-upgrade\n"),
    passing: RuleExample("name: chat\nsdk: static\n"),
    check: .space { space, _ in
      guard space.isStatic, let hardware = space.hardware else { return [] }
      return [
        Rule.hardwareOnStatic.finding(
          "a static Space has no hardware", help: "Remove `hardware`.", at: hardware.place.key, related: space.whyStatic,
          fix: .removingEntry(atKey: hardware.place.key, "remove `hardware`"))
      ]
    })
}
