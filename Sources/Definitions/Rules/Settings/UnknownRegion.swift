import Diagnostics
import SpaceModel

extension Rule {
  static let unknownRegion: Rule = Rule(
    "SF113", severity: .warning,
    summary: "The region is not one that is known.",
    explanation: "The Hub may add regions, so an unknown one is a warning. A region is fixed when a Space is created.",
    failing: RuleExample("name: chat\nregion: eu-west\n"),
    passing: RuleExample("name: chat\nregion: eu\n"),
    check: .space { space, _ in
      guard let region = space.region, !Region.known.contains(region.value) else { return [] }
      return [
        Rule.unknownRegion.finding(
          "`\(region.value)` is not a known region",
          help: Suggestion.advice(for: region.value.rawValue, among: Region.known.map(\.rawValue)),
          at: region.place.value)
      ]
    })
}
