import SpaceModel

extension Rule {
  static let suggestedHardware: Rule = Rule(
    "SF220", severity: .warning,
    summary: "The hardware suggested to others is not in the table of flavours.",
    explanation: """
      `suggested_hardware` is what the Hub proposes to people who copy the Space; it assigns nothing to the Space itself. An \
      unknown flavour may be new. `spaceform hardware` lists what is known.
      """,
    failing: RuleExample("name: chat\ncard: { suggested_hardware: t4-smal }\n"),
    passing: RuleExample("name: chat\ncard: { suggested_hardware: t4-small }\n"),
    check: .space { space, _ in
      guard let hardware = space.card["suggested_hardware"]?.text?.map(Flavour.init(rawValue:)),
        HardwareCatalogue.published[hardware.value] == nil
      else { return [] }
      return [
        Rule.suggestedHardware.finding(
          "`\(hardware.value)` is not a known flavour", help: flavourAdvice(hardware.value), at: hardware.place.value,
          fix: flavourFix(hardware))
      ]
    })
}
