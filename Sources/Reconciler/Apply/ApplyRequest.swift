import Cryptography
import Diagnostics
import HubAPI
import SpaceModel
import State

/// Everything one apply works with. Time, randomness, files and secrets come in from outside.
public struct ApplyRequest: Sendable {
  public var plan: Plan
  public var fleet: Fleet
  public var manifests: [SpaceID: ContentManifest]
  public var observation: Observation
  /// The lock to go on from: the session's base, with the inherited journal settled.
  public var lock: Lock
  public var hub: any HubAPI
  public var session: any StateSession
  public var contents: any ContentProvider
  /// The values of the secrets the plan writes, by Space and key.
  public var secrets: [SpaceID: [String: Secret]]
  /// The fingerprint to record for a secret's value; nil without a lock key.
  public var fingerprint: @Sendable (_ name: String, _ value: Secret) -> String?
  /// Creates of an earlier apply that nothing is known of yet: the address was free when they were settled.
  public var openCreations: [SpaceID: Intent]
  /// Spaces with a commit of an earlier apply that nothing is known of yet.
  public var openCommits: Set<SpaceID>
  /// How many Spaces are worked on at once; waiting for a build does not count.
  public var parallelism: Int
  /// The git revision the definitions come from, where known.
  public var revision: String?
  /// Begins the ids of this apply's intents; different for every apply.
  public var run: String
  public var clock: ApplyClock
  public var report: @Sendable (ApplyEvent) -> Void
  /// Whether nothing new may be started any more.
  public var isInterrupted: @Sendable () -> Bool

  public init(
    plan: Plan, fleet: Fleet, manifests: [SpaceID: ContentManifest], observation: Observation, lock: Lock,
    hub: any HubAPI, session: any StateSession, contents: any ContentProvider, secrets: [SpaceID: [String: Secret]] = [:],
    fingerprint: @escaping @Sendable (String, Secret) -> String? = { _, _ in nil },
    openCreations: [SpaceID: Intent] = [:], openCommits: Set<SpaceID> = [], parallelism: Int = 16,
    revision: String? = nil, run: String = RandomBytes.hex(count: 6), clock: ApplyClock,
    report: @escaping @Sendable (ApplyEvent) -> Void = { _ in },
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) {
    self.plan = plan
    self.fleet = fleet
    self.manifests = manifests
    self.observation = observation
    self.lock = lock
    self.hub = hub
    self.session = session
    self.contents = contents
    self.secrets = secrets
    self.fingerprint = fingerprint
    self.openCreations = openCreations
    self.openCommits = openCommits
    self.parallelism = max(1, parallelism)
    self.revision = revision
    self.run = run
    self.clock = clock
    self.report = report
    self.isInterrupted = isInterrupted
  }
}

/// Where the bytes of a Space's files come from at apply.
public protocol ContentProvider: Sendable {
  func bytes(of path: String, in space: SpaceID) throws(Failure) -> [UInt8]
  /// The first bytes, at most 512, without reading the rest: by these the Hub decides how a file is stored.
  func sample(of path: String, in space: SpaceID) throws(Failure) -> [UInt8]
  /// The file to stream from, or its bytes.
  func source(of path: String, in space: SpaceID) throws(Failure) -> ByteSource
  /// The README to write over the live one when only the card is managed; the manifest's own otherwise.
  func readme(of space: SpaceID, over live: Readme?) throws(Failure) -> Readme?
}

/// Time as apply sees it; simulated in tests.
public struct ApplyClock: Sendable {
  public var now: @Sendable () -> Timestamp
  /// Sleeps for seconds; ends early when the task is cancelled.
  public var sleep: @Sendable (Double) async -> Void

  public init(now: @escaping @Sendable () -> Timestamp, sleep: @escaping @Sendable (Double) async -> Void) {
    self.now = now
    self.sleep = sleep
  }
}

/// What happens during an apply, for displays.
public enum ApplyEvent: Sendable {
  case started(SpaceID, SpacePlan.Action)
  /// What is being done now: `creating`, `uploading 3 files`.
  case working(SpaceID, String)
  case stage(SpaceID, Stage)
  case finished(SpaceID, SpacePlan.Action, seconds: Double)
  case failed(SpaceID, Failure)
  case skipped(SpaceID, reason: String)
}

/// How an apply ended.
public struct ApplySummary: Sendable {
  public var done: [SpaceID] = []
  public var failed: [(space: SpaceID, failure: Failure)] = []
  public var notStarted: [(space: SpaceID, reason: String)] = []
  /// Pages of Spaces created now, where a trusted publisher can be added.
  public var created: [SpaceID] = []
  public var lock: Lock
  public var isInterrupted = false

  public init(lock: Lock) { self.lock = lock }

  /// 0, or 6 when the lease was lost, 4 when every failure is one of access, or 1.
  public var status: ExitStatus {
    if failed.contains(where: { $0.failure.status == .leased }) { return .leased }
    if failed.isEmpty { return notStarted.isEmpty ? .success : .failure }
    return failed.allSatisfy { $0.failure.status == .notAllowed } ? .notAllowed : .failure
  }
}
