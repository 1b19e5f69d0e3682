import ArgumentParser
import Diagnostics
import GitState
import Platform
import SpaceModel
import State

/// The store that a project's `state` names.
enum StateAccess {
  /// - Parameters:
  ///   - patience: how long to wait for a lease that somebody else holds; not at all when absent.
  ///   - isInterrupted: whether to wait no longer.
  static func store(
    _ folder: ProjectFolder, project: String, state: StateDeclaration, _ options: GlobalOptions, patience: TimeSpan? = nil,
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) throws(Failure) -> any StateStore {
    switch state {
    case .file: return FileStateStore(folder: folder.path, environment: folder.environmentName, project: project)
    case .git(let declaration):
      return try branch(
        folder, project: project, declaration, options, patience: patience, isInterrupted: isInterrupted)
    }
  }

  /// The store on a branch.
  static func branch(
    _ folder: ProjectFolder, project: String, _ declaration: GitStoreDeclaration, _ options: GlobalOptions,
    patience: TimeSpan? = nil, isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) throws(Failure) -> GitStateStore {
    let environment = options.environment
    let surroundings = GitStateStore.Surroundings(
      identity: RunIdentity(environment: environment, host: RunIdentity.host), environment: environment,
      clock: .system(speed: try leaseSpeed(environment)), gitSeconds: Double(try gitTimeout(environment).seconds),
      patience: Double(patience?.seconds ?? 0), isInterrupted: isInterrupted, note: { options.note($0) })
    return GitStateStore(
      folder: folder.path, environment: folder.environmentName, project: project, declaration: declaration,
      surroundings: surroundings)
  }

  private static func gitTimeout(_ environment: [String: String]) throws(Failure) -> TimeSpan {
    guard let text = environment["SPACEFORM_GIT_TIMEOUT"], !text.isEmpty else { return TimeSpan(seconds: 60) }
    guard let span = TimeSpan(text), span.seconds > 0 else {
      throw Failure(
        doing: "reading SPACEFORM_GIT_TIMEOUT", problem: "`\(text)` is not a length of time", help: "Write it as 30s or 2m.",
        status: .usage)
    }
    return span
  }

  /// How much faster than real time a lease is counted: for tests, in which every process has to be told the same.
  private static func leaseSpeed(_ environment: [String: String]) throws(Failure) -> Double {
    guard let text = environment["SPACEFORM_TEST_LEASE_SPEED"], !text.isEmpty else { return 1 }
    guard let speed = Double(text), speed >= 1, speed <= 1000 else {
      throw Failure(
        doing: "reading SPACEFORM_TEST_LEASE_SPEED", problem: "`\(text)` is not a number from 1 to 1000",
        help: "Unset it: it is for tests.", status: .usage)
    }
    return speed
  }
}

/// `--lease-timeout` of every command that takes the lease.
struct LeaseOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "With a git store: wait so long for a lease that another run holds, and take it over when that run gives no sign (10m, say).",
      valueName: "time"))
  var leaseTimeout: TimeSpan?
}

extension TimeSpan: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
