import HubAPI
import SpaceModel

/// How long things take, in simulated seconds.
struct Timing: Hashable, Sendable {
  var build: Double
  var start: Double
  /// A build whose image exists already.
  static let cachedBuild = 2.0
  /// Until the Hub notices that there is nothing to run.
  static let inspection = 1.0

  init(_ assumptions: Assumptions) {
    build = Double(assumptions.number("build-seconds"))
    start = Double(assumptions.number("start-seconds"))
  }
}

extension Space {
  /// Why the Space is started again.
  enum Cause: Equatable {
    /// A commit, a change of a key, of hardware or of a volume.
    case change
    /// The owner asked; without cache if `factory`.
    case restart(factory: Bool)
  }

  /// Lays out what follows a change: facts hub-api section 7.3 and the runtime machine of section 9.
  mutating func begin(_ cause: Cause, at now: Timestamp, assumptions: Assumptions) {
    if isStatic {
      life.stop(at: .running)
      life.requested = nil
      life.deployed = repository.head
      return
    }
    if life.stage == .paused, cause == .change, assumptions["paused-write"] == "keep" { return }
    if life.requested == nil { life.requested = .cpuBasic }
    let timing = Timing(assumptions)
    let served = life.serves && cause == .change
    let commit = repository.head
    life.pending = []
    life.buildLog = []
    life.runLog = []
    life.errorMessage = nil
    if let problem = configurationProblem {
      life.stop(at: .configError, error: problem)
      return
    }
    life.stage = served ? .runningBuilding : .building
    if !served { life.current = nil }
    guard let appFile else {
      let missing = card.sdk == .docker ? "Dockerfile" : (card.appFile ?? "app.py")
      log(build: "===== Build Queued at \(now) =====", at: now)
      let then = now.advanced(bySeconds: Timing.inspection)
      log(build: "No application file: \(missing) is not in the repository", at: then)
      life.pending = [Life.Transition(at: then, stage: .noAppFile, commit: commit, error: nil)]
      return
    }
    let cached = life.built == commit && cause != .restart(factory: true)
    let built = now.advanced(bySeconds: cached ? Timing.cachedBuild : timing.build)
    let started = built.advanced(bySeconds: timing.start)
    log(build: "===== Build Queued at \(now) =====", at: now)
    log(build: "--> \(cached ? "Using the image of" : "Building") commit \(commit ?? "")", at: now.advanced(bySeconds: 0.2))
    log(build: "--> Reading \(appFile)", at: now.advanced(bySeconds: 0.4))
    let markers = Set(files.values.compactMap(\.marker))
    if markers.contains(.buildError), !cached {
      log(build: "--> ERROR: a file asks for a build error (spaceform-hub: build-error)", at: built)
      life.pending = [
        Life.Transition(
          at: built, stage: .buildError, commit: commit, error: "Build failed with exit code: 1")
      ]
      return
    }
    log(build: "DONE \(cached ? Timing.cachedBuild : timing.build)s", at: built)
    log(run: "===== Application Startup at \(built) =====", at: built)
    life.pending = [
      Life.Transition(
        at: built, stage: served ? .runningAppStarting : .appStarting, commit: commit, error: nil)
    ]
    if markers.contains(.runtimeError) {
      log(run: "a file asks for a runtime error (spaceform-hub: runtime-error)", at: started)
      life.pending.append(
        Life.Transition(at: started, stage: .runtimeError, commit: commit, error: "Exit code: 1. Reason: application exited"))
      return
    }
    log(run: "Running on http://0.0.0.0:\(card.data["app_port"]?.intValue ?? 7860)", at: started)
    life.pending.append(Life.Transition(at: started, stage: .running, commit: commit, error: nil))
    if assumptions["idle-sleep"] == "yes", let idle = gcTimeout, idle > 0 {
      life.pending.append(
        Life.Transition(at: started.advanced(bySeconds: Double(idle)), stage: .sleeping, commit: commit, error: nil))
    }
  }

  /// What makes a Space a CONFIG_ERROR.
  private var configurationProblem: String? {
    if variables.keys.contains(where: { secrets[$0] != nil }) { return "Collision on variables and secrets names" }
    guard let sdk = card.sdk else { return "Missing configuration in README" }
    return Card.sdks.contains(sdk.rawValue) ? nil : "Invalid sdk in README: \(sdk)"
  }

  /// The file the app is made from; nil when the repository lacks it.
  private var appFile: String? {
    let path = card.sdk == .docker ? "Dockerfile" : (card.appFile ?? "app.py")
    return files[path] == nil ? nil : path
  }

  /// Idle timeout in seconds: fixed on free hardware, -1 is never, nil on paid hardware that was given none.
  public var gcTimeout: Int? {
    guard !isStatic, let requested = life.requested else { return nil }
    return requested.hasFixedSleep ? 172_800 : life.sleepSeconds
  }

  private mutating func log(build text: String, at time: Timestamp) {
    life.buildLog.append(Life.LogEntry(at: time, text: text))
  }

  private mutating func log(run text: String, at time: Timestamp) {
    life.runLog.append(Life.LogEntry(at: time, text: text))
  }
}
