import Diagnostics
import SpaceModel

extension Rule {
  static let unknownFlavour: Rule = Rule(
    "SF103", severity: .warning,
    summary: "The hardware is not in the table of flavours.",
    explanation: """
      The Hub adds and removes flavours, so an unknown one is a warning: it may be new, and the Hub decides. Its price is \
      not known, so it is missing from cost bounds. `spaceform hardware` lists what is known.
      """,
    failing: RuleExample("name: chat\nhardware: t4-smal\n"),
    passing: RuleExample("name: chat\nhardware: t4-small\n"),
    check: .space { space, _ in
      guard let hardware = space.hardware, HardwareCatalogue.published[hardware.value] == nil else { return [] }
      let known = HardwareCatalogue.published.offers.map(\.flavour.rawValue)
      let help =
        hardware.value == "zerogpu"
        ? "Write `zero-a10g`, the Hub's own name for ZeroGPU."
        : Suggestion.advice(
          for: hardware.value.rawValue, among: known, otherwise: "Run `spaceform hardware` for the list of known ones.")
      return [
        Rule.unknownFlavour.finding("`\(hardware.value)` is not a known flavour", help: help, at: hardware.place.value)
      ]
    })
}
