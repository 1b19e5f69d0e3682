import HubAPI
import SpaceModel
import State

/// What a fleet costs a month: an upper bound, and an estimate with the project's active hours (DESIGN section 6).
struct Costs {
  private let catalogue: HardwareCatalogue
  private let activeShare: Double
  private(set) var upper = Money.zero
  private(set) var estimate = Money.zero
  private(set) var unpriced: Set<Flavour> = []

  init(catalogue: HardwareCatalogue, activeHoursPerDay: Double) {
    self.catalogue = catalogue
    activeShare = min(1, max(0, activeHoursPerDay / 24))
  }

  /// Adds one Space. A Space that sleeps is estimated at the active hours, any other at all hours.
  mutating func add(_ flavour: Flavour?, sleepTime: SleepTime?, replicas: Int?) {
    guard let flavour else { return }
    guard let monthly = catalogue.monthlyUpperBound(flavour, replicas: replicas) else {
      unpriced.insert(flavour)
      return
    }
    upper = upper + monthly
    if case .after? = sleepTime { estimate = estimate + monthly * activeShare } else { estimate = estimate + monthly }
  }

  /// Adds a Space as the Hub shows it, or as the lock has it where the Hub shows no runtime; a paused one costs nothing.
  mutating func add(_ info: SpaceInfo, recorded: LockRecord? = nil) {
    guard let runtime = info.runtime else {
      let settings = recorded?.settings ?? [:]
      return add(
        settings["hardware"]?.stringValue.map { Flavour(rawValue: $0) },
        sleepTime: settings["sleep_time"]?.stringValue.flatMap { SleepTime($0) }, replicas: settings["replicas"]?.intValue)
    }
    guard runtime.stage != .paused else { return }
    var replicas: Int?
    if case .fixed(let count)? = runtime.replicas?.requested { replicas = count }
    add(runtime.hardware.requested, sleepTime: SleepTime(gcTimeout: runtime.gcTimeout), replicas: replicas)
  }
}
