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
    passing: RuleExample("name: chat\nhardware: t4-small\nsleep_time: 1h\n"),
    check: .space { space, _ in
      guard let hardware = space.hardware, HardwareCatalogue.published[hardware.value] == nil else { return [] }
      return [
        Rule.unknownFlavour.finding(
          "`\(hardware.value)` is not a known flavour", help: flavourAdvice(hardware.value), at: hardware.place.value,
          fix: flavourFix(hardware))
      ]
    })

  /// What to write instead of a flavour that is not in the table.
  static func flavourAdvice(_ flavour: Flavour) -> String {
    if flavour == creationAlias { return "Write `\(Flavour.zeroA10G)`, the Hub's own name for ZeroGPU." }
    return Suggestion.advice(
      for: flavour.rawValue, among: HardwareCatalogue.published.offers.map(\.flavour.rawValue),
      otherwise: "Run `spaceform hardware` for the list of known ones.")
  }

  static func flavourFix(_ flavour: Placed<Flavour>) -> Fix? {
    guard flavour.value == creationAlias else { return nil }
    return .replacing(creationAlias.rawValue, at: flavour.place.value, by: Flavour.zeroA10G.rawValue)
  }

  /// What the Hub's create call also takes for ZeroGPU.
  private static let creationAlias: Flavour = "zerogpu"
}
