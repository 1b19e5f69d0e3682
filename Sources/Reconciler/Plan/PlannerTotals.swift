import HubAPI
import SpaceModel
import State

/// Sums over all Spaces of a plan.
extension Planner {
  func totals(of spaces: [SpacePlan]) -> Totals {
    var totals = Totals()
    totals.quotaLeft = input.observation.quota?.remaining
    for space in spaces where space.blocked == nil {
      totals.calls += space.steps.reduce(0) { $0 + $1.calls }
      guard space.action != .create, space.action != .destroy else { continue }
      if space.effect >= .restart { totals.restarts += 1 }
      totals.restartsAtMost += space.steps.count(where: \.mayRestart)
      if space.effect >= .rebuild { totals.rebuilds += 1 }
    }
    let hours = input.fleet.project.activeHoursPerDay
    var before = Costs(catalogue: input.catalogue, activeHoursPerDay: hours)
    var after = before
    let plans = Dictionary(spaces.map { ($0.address, $0) }) { first, _ in first }
    for observed in input.observation.spaces.values where isCounted(observed.info.address) {
      guard let record = lock.spaces[observed.info.address] else { continue }
      before.add(observed.info, recorded: record)
      // What is to go and may not still costs; so does what another definition moves away from here.
      if let plan = plans[observed.info.address], plan.action == .destroy, plan.blocked != nil {
        after.add(observed.info, recorded: record)
      }
    }
    for definition in chosen {
      after.add(definition.hardware, sleepTime: definition.sleepTime, replicas: definition.replicas)
    }
    totals.upperBefore = before.upper
    totals.upperAfter = after.upper
    totals.estimateBefore = before.estimate
    totals.estimateAfter = after.estimate
    totals.unpriced = before.unpriced.union(after.unpriced).sorted { $0.rawValue < $1.rawValue }
    return totals
  }

  private func isCounted(_ address: SpaceID) -> Bool { input.isChosen(address) || origins.contains(address) }
}
