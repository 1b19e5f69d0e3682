import HubAPI
import SpaceModel

/// Where a Space is in its life, and what will happen to it by the passing of time alone.
///
/// Nothing here runs: a change lays out the transitions to come, and `settle` takes those whose time has passed.
public struct Life: Codable, Hashable, Sendable {
  public internal(set) var stage: Stage
  /// What it runs on; nil while it does not run.
  public internal(set) var current: Flavour?
  /// What the owner asked for; nil on static Spaces.
  public internal(set) var requested: Flavour?
  /// Seconds; -1 is never, nil is the flavour's own default.
  public internal(set) var sleepSeconds: Int?
  public internal(set) var replicas = 1
  public internal(set) var devMode = false
  /// The commit that runs.
  public internal(set) var deployed: String?
  public internal(set) var errorMessage: String?
  private var begun: Int?
  /// How often the platform has set out to start the app, its birth included.
  public internal(set) var starts: Int {
    get { begun ?? 0 }
    set { begun = newValue }
  }
  /// The commit whose image is built; a restart of the same commit needs no full build.
  var built: String?
  var pending: [Transition] = []
  public internal(set) var buildLog: [LogEntry] = []
  public internal(set) var runLog: [LogEntry] = []

  /// A stage to come.
  struct Transition: Codable, Hashable, Sendable {
    var at: Timestamp
    var stage: Stage
    /// The commit the transition is about.
    var commit: String?
    var error: String?
  }

  /// One line of a log; lines of the future are laid down with the transitions and shown when their time has come.
  public struct LogEntry: Codable, Hashable, Sendable {
    public var at: Timestamp
    public var text: String
  }

  init(requested: Flavour?, stage: Stage = .building) {
    self.requested = requested
    self.stage = stage
  }

  /// Whether the app is about to be started, or to fail at it.
  var isStarting: Bool { pending.contains { $0.stage == .running || $0.stage == .runtimeError } }

  /// Whether an earlier version answers visitors now.
  var serves: Bool { [.running, .runningBuilding, .runningAppStarting].contains(stage) }

  /// Takes the transitions whose time has come; false when there was none.
  mutating func settle(at now: Timestamp) -> Bool {
    var moved = false
    while let next = pending.first, next.at <= now {
      pending.removeFirst()
      moved = true
      stage = next.stage
      errorMessage = next.error
      switch next.stage {
      case .appStarting, .runningAppStarting: built = next.commit
      case .running:
        current = requested
        deployed = next.commit
      case .sleeping, .buildError, .runtimeError, .noAppFile, .configError: current = nil
      default: break
      }
      if next.stage == .runtimeError { built = next.commit }
    }
    return moved
  }

  /// Lays everything that is still to come so many seconds later, as a build that takes longer does.
  mutating func delay(bySeconds seconds: Double, at now: Timestamp) {
    for index in pending.indices { pending[index].at = pending[index].at.advanced(bySeconds: seconds) }
    for index in buildLog.indices where buildLog[index].at > now {
      buildLog[index].at = buildLog[index].at.advanced(bySeconds: seconds)
    }
    for index in runLog.indices where runLog[index].at > now {
      runLog[index].at = runLog[index].at.advanced(bySeconds: seconds)
    }
  }

  /// Stops everything that is under way, at this stage.
  mutating func stop(at stage: Stage, error: String? = nil) {
    pending = []
    self.stage = stage
    errorMessage = error
    current = nil
  }
}
