import Diagnostics
import SpaceModel

extension FleetDraft {
  /// 730 hours of every Space at the published price; unknown prices are left out.
  var monthlyUpperBound: Money { spaces.reduce(.zero) { $0 + ($1.monthlyUpperBound ?? .zero) } }

  /// The three Spaces that cost most: where to begin.
  var dearest: [RelatedSpan] {
    let priced = spaces.compactMap { space in space.monthlyUpperBound.map { (space, $0) } }.filter { $0.1 > .zero }
    return priced.sorted { $0.1 > $1.1 }.prefix(3).map { space, cost in
      RelatedSpan(
        span: space.hardware?.place.value ?? space.namePlace.value, message: "`\(space.name ?? space.file)`: \(cost) a month")
    }
  }
}

extension SpaceDraft {
  /// Nil when the price is unknown.
  var monthlyUpperBound: Money? {
    HardwareCatalogue.published.monthlyUpperBound(flavour, replicas: replicas?.value)
  }
}
