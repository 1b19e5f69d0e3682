import Diagnostics
import SpaceModel

extension FleetDraft {
  /// 730 hours of every Space at the published price; unknown prices are left out.
  var monthlyUpperBound: Money { spaces.reduce(.zero) { $0 + ($1.monthlyUpperBound ?? .zero) } }

  /// What is to be said when the fleet can cost more than a limit of the policy; nothing when there is no such limit.
  func findingsOverLimit(
    _ limit: KeyPath<Policy, Money?>, _ place: KeyPath<PolicyPlaces, Place?>,
    finding: (_ cost: Money, _ limit: Money, _ place: SourceSpan) -> Finding
  ) -> [Finding] {
    guard let limit = project.policy.value[keyPath: limit], let place = project.policy[keyPath: place] else { return [] }
    let cost = monthlyUpperBound
    return cost > limit ? [finding(cost, limit, place.value)] : []
  }

  /// The three Spaces that cost most: where to begin.
  var dearest: [RelatedSpan] {
    let priced = spaces.compactMap { space in space.monthlyUpperBound.map { (space, $0) } }.filter { $0.1 > .zero }
    return priced.sorted { $0.1 > $1.1 }.prefix(3).map { space, cost in
      RelatedSpan(
        span: space.hardware?.place.value ?? space.namePlace.value, message: "`\(space.name ?? space.file)`: \(cost) a month")
    }
  }
}

extension SpaceDraft.Contents {
  /// Nil when the price is unknown.
  var monthlyUpperBound: Money? {
    HardwareCatalogue.published.monthlyUpperBound(flavour, replicas: replicas?.value)
  }
}
