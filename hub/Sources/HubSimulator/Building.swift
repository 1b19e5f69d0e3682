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
    /// A commit, a change of a key or of a volume.
    case change
    /// Another flavour was asked for.
    case hardware
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
    let isChange = cause == .change || cause == .hardware
    if life.stage == .paused, isChange, assumptions["paused-write"] == "keep" { return }
    if life.requested == nil { life.requested = .cpuBasic }
    let timing = Timing(assumptions)
    let served = life.serves && isChange
    let commit = repository.head
    let joinsStart = life.isStarting && assumptions["restart-coalescing"] == "yes"
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
    var log = BuildLog(queued: now, commit: commit ?? "")
    guard let appFile else {
      let missing = card.sdk == .docker ? "Dockerfile" : (card.appFile ?? "app.py")
      let then = now.advanced(bySeconds: Timing.inspection)
      log.add("No application file: \(missing) is not in the repository", at: then)
      life.buildLog = log.lines
      life.pending = [Life.Transition(at: then, stage: .noAppFile, commit: commit, error: nil)]
      return
    }
    let cached = life.built == commit && cause != .restart(factory: true)
    let built = now.advanced(bySeconds: cached ? Timing.cachedBuild : timing.build)
    let moving = cause == .hardware ? Double(assumptions.number("hardware-seconds")) : 0
    let started = built.advanced(bySeconds: timing.start + moving)
    let markers = Set(files.values.compactMap(\.marker))
    let fails = markers.contains(.buildError) && !cached
    log.build(buildSteps, cached: cached, fails: fails, until: built)
    life.buildLog = log.lines
    if fails {
      life.pending = [
        Life.Transition(
          at: built, stage: .buildError, commit: commit, error: "Build failed with exit code: 1")
      ]
      return
    }
    if !joinsStart { life.starts += 1 }
    life.pending = [
      Life.Transition(
        at: built, stage: served ? .runningAppStarting : .appStarting, commit: commit, error: nil)
    ]
    life.runLog = startLog(appFile, from: built, fails: markers.contains(.runtimeError), at: started)
    if markers.contains(.runtimeError) {
      life.pending.append(
        Life.Transition(at: started, stage: .runtimeError, commit: commit, error: "Exit code: 1. Reason: application exited"))
      return
    }
    life.pending.append(Life.Transition(at: started, stage: .running, commit: commit, error: nil))
    planSleep(from: started, assumptions: assumptions)
  }

  /// A visitor comes: a sleeping Space starts from its image, a running one is not idle (facts hub-api sections 3.2 and 7.5).
  /// Nothing else is woken by visitors.
  mutating func visit(at now: Timestamp, assumptions: Assumptions) {
    switch life.stage {
    case .running: planSleep(from: now, assumptions: assumptions)
    case .sleeping:
      let started = now.advanced(bySeconds: Timing(assumptions).start)
      life.starts += 1
      life.stage = .appStarting
      life.runLog = startLog(appFile ?? "", from: now, fails: false, at: started)
      life.pending = [Life.Transition(at: started, stage: .running, commit: life.built ?? repository.head, error: nil)]
      planSleep(from: started, assumptions: assumptions)
    default: break
    }
  }

  /// Lays out when it falls asleep if nobody comes, where that is assumed at all.
  mutating func planSleep(from start: Timestamp, assumptions: Assumptions) {
    life.pending.removeAll { $0.stage == .sleeping }
    guard assumptions["idle-sleep"] == "yes", let idle = gcTimeout, idle > 0,
      life.stage == .running || life.pending.last?.stage == .running
    else { return }
    let start = life.pending.last { $0.stage == .running }?.at ?? start
    life.pending.append(
      Life.Transition(
        at: start.advanced(bySeconds: Double(idle)), stage: .sleeping, commit: life.pending.last?.commit ?? life.deployed,
        error: nil))
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

  /// Instructions of its Dockerfile, or those that every Gradio Space is built by.
  private var buildSteps: [String] {
    if card.sdk == .docker { return files["Dockerfile"]?.steps ?? [] }
    let version = card.data["sdk_version"]?.stringValue.map { "==\($0)" } ?? ""
    var steps = ["FROM docker.io/library/python:\(card.data["python_version"]?.stringValue ?? "3.10")"]
    if let packages = files["packages.txt"]?.steps, !packages.isEmpty {
      steps.append("RUN apt-get install -y \(packages.joined(separator: " "))")
    }
    if let packages = files["requirements.txt"]?.steps, !packages.isEmpty {
      steps.append("RUN pip install --no-cache-dir \(packages.joined(separator: " "))")
    }
    return steps + ["RUN pip install --no-cache-dir gradio\(version)", "COPY . /home/user/app"]
  }

  private func startLog(_ appFile: String, from built: Timestamp, fails: Bool, at started: Timestamp) -> [Life.LogEntry] {
    let port = card.data["app_port"]?.intValue ?? 7860
    let isDocker = card.sdk == .docker
    return BuildLog.start(
      appFile: isDocker ? "app.py" : appFile, ready: isDocker ? "Running on http://0.0.0.0:\(port)" : nil, port: port,
      fails: fails, from: built, at: started)
  }

  /// Idle timeout in seconds: fixed on free hardware, -1 is never, nil on paid hardware that was given none.
  public var gcTimeout: Int? {
    guard !isStatic, let requested = life.requested else { return nil }
    return requested.hasFixedSleep ? 172_800 : life.sleepSeconds
  }

  /// Whether what was asked for costs money.
  var isPaid: Bool { life.requested.flatMap { HardwareCatalogue.published[$0] }?.isPaid ?? false }
}
