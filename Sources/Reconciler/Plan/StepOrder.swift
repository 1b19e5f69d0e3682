import SpaceModel

/// The order of writes within one Space, made so that restarts coalesce and nothing is open for longer than it has to be
/// (DESIGN section 7).
enum StepOrder {
  static func steps(
    definition: SpaceDefinition, settings: SettingDifference, keys: [Step], writesContent: Bool, waits: Bool,
    movesFrom: SpaceID?
  ) -> [Step] {
    let changed = Set(settings.changes.map(\.path))
    var steps: [Step] = []
    // At the address where the Space is now; a move keeps the visibility. Loosening comes last of all.
    if let visibility = definition.visibility, changed.contains("visibility"), settings.tightens {
      steps.append(.setVisibility(visibility))
    }
    if let movesFrom { steps.append(.move(from: movesFrom)) }
    if let group = definition.resourceGroup, changed.contains("resource_group") { steps.append(.setResourceGroup(group)) }
    steps += keys
    if writesContent { steps.append(.commitContent) }
    if let hardware = definition.hardware, changed.contains("hardware") {
      steps.append(.requestHardware(hardware, hardware.hasFixedSleep ? nil : definition.sleepTime))
    } else if let sleepTime = definition.sleepTime, changed.contains("sleep_time") {
      steps.append(.setSleepTime(sleepTime))
    }
    if let replicas = definition.replicas, changed.contains("replicas") { steps.append(.setReplicas(replicas)) }
    if let devMode = definition.devMode, changed.contains("dev_mode") { steps.append(.setDevMode(devMode)) }
    if waits { steps.append(.waitUntilLive) }
    if let visibility = definition.visibility, changed.contains("visibility"), !settings.tightens {
      steps.append(.setVisibility(visibility))
    }
    return steps
  }
}

extension Step {
  /// Calls that write. A commit is preceded by one preupload for every 256 files.
  var calls: Int {
    switch self {
    case .forget, .waitUntilLive: 0
    case .commitContent: 2
    default: 1
    }
  }

  /// Whether an app that runs may be started again by it (facts hub-api section 7.3).
  var mayRestart: Bool {
    switch self {
    case .deleteVariable, .deleteSecret, .setVariable, .setSecret, .setVolumes, .commitContent, .requestHardware, .setReplicas,
      .setDevMode:
      true
    case .destroy, .forget, .move, .create, .setVisibility, .setResourceGroup, .setSleepTime, .waitUntilLive: false
    }
  }
}
