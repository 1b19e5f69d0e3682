import Diagnostics
import SpaceModel

/// What would have to be done so that the Hub matches the definitions: a value, made without any I/O.
public struct Plan: Sendable, Hashable {
  /// The newest JSON form this program writes and reads.
  public static let formatVersion = 1

  public var project: String
  /// As the lock names it: `local`, or the Hub's address.
  public var hub: String
  /// Every Space defined, recorded or named for removal that the selection chooses, sorted by address; those without anything to do
  /// included.
  public var spaces: [SpacePlan]
  public var totals: Totals
  /// Reasons why the plan as a whole is refused.
  public var refusals: [Refusal]
  /// What the Hub was asked before this plan was made.
  public var refresh = Refresh.bulk
  /// What it was asked to be about.
  public var selection = SpaceSelection()
  /// How many Spaces that are defined or recorded are therefore not in it.
  public var leftOut = 0

  public init(project: String, hub: String, spaces: [SpacePlan], totals: Totals, refusals: [Refusal] = []) {
    self.project = project
    self.hub = hub
    self.spaces = spaces
    self.totals = totals
    self.refusals = refusals
  }

  /// Whether anything would be done, or is kept from being done.
  public var hasChanges: Bool { spaces.contains { $0.action != .none || $0.isBlocked } }

  /// Spaces an apply would act on.
  public var actionable: [SpacePlan] { spaces.filter { $0.action != .none && $0.blocked == nil } }

  /// The exit status of a plan that was made: 4 or 1 when something is blocked, else 0.
  public var status: ExitStatus {
    let refusals = refusals.map(\.status)
    let blocked = spaces.compactMap(\.blocked).map(\.status) + spaces.compactMap(\.blockedContent).map(\.status)
    let all = refusals + blocked
    // "Not allowed" only when every failure is that.
    return all.isEmpty
      ? .success
      : all.allSatisfy { $0 == .notAllowed } ? .notAllowed : ExitStatus.reported(all.map { $0 == .notAllowed ? .failure : $0 })
  }
}

/// Why something may not be done, and the way out.
public struct Refusal: Sendable, Hashable {
  public var reason: String
  public var help: String
  public var status: ExitStatus

  public init(_ reason: String, help: String, status: ExitStatus = .failure) {
    self.reason = reason
    self.help = help
    self.status = status
  }
}

/// One Space's part of a plan.
public struct SpacePlan: Sendable, Hashable {
  public enum Action: String, Sendable, Hashable, Codable, CaseIterable {
    case create, update, move, adopt, replace, destroy, forget, verify, none
  }

  /// Whether the definitions or the Hub moved away from the lock.
  public enum Origin: String, Sendable, Hashable, Codable { case wanted, drift }

  public var address: SpaceID
  public var action: Action
  public var origin: Origin
  /// Nothing is done to this Space, because of this.
  public var blocked: Refusal?
  /// Settings are applied, files are not, because of this.
  public var blockedContent: Refusal?
  public var changes: [Change]
  public var files: [FileChange]
  /// What apply does, in order.
  public var steps: [Step]
  /// Worth knowing, without being a change.
  public var notes: [String]
  /// The Hub's id and head commit as the plan saw them.
  public var hubID: String?
  public var head: String?
  /// Where the Space is now, when it is to be moved.
  public var movedFrom: SpaceID?
  /// Where the lock has the Space, when it was moved already and the lock does not know.
  public var recordedAt: SpaceID?
  /// Another Space stands at the recorded address.
  public var isReplacedByAnother = false
  /// The commits on the Space that are not ours, newest first.
  public var foreignCommits: [String]
  /// Digests of what the plan was made from.
  public var binding: Binding
  public var stage: Stage?
  /// Keys on the Hub that neither the definitions nor the lock know; known only after a full refresh.
  public var unmanaged = UnmanagedKeys()

  public init(address: SpaceID, action: Action = .none, origin: Origin = .wanted) {
    self.address = address
    self.action = action
    self.origin = origin
    changes = []
    files = []
    steps = []
    notes = []
    foreignCommits = []
    binding = Binding()
  }

  public var isBlocked: Bool { blocked != nil || blockedContent != nil }

  /// Whether the files on the Hub are the wanted ones, so that its head becomes the recorded commit, whoever made it.
  var takesHeadOver: Bool { blockedContent == nil && files.isEmpty }

  /// The strongest effect of its changes on an app that runs.
  public var effect: Effect { changes.map(\.effect).max() ?? .none }
}

/// Names of keys that are on the Hub and are left alone, sorted.
public struct UnmanagedKeys: Sendable, Hashable {
  public var variables: [String] = []
  public var secrets: [String] = []

  public init(variables: [String] = [], secrets: [String] = []) {
    self.variables = variables
    self.secrets = secrets
  }

  public var isEmpty: Bool { variables.isEmpty && secrets.isEmpty }
}

/// One attribute that differs.
public struct Change: Sendable, Hashable {
  /// Dotted definition path: `hardware`, `variables.LOG_LEVEL`.
  public var path: String
  /// Nil: was not there, or not observed.
  public var old: JSONValue?
  /// Nil: will not be there.
  public var new: JSONValue?
  public var effect: Effect
  public var origin: SpacePlan.Origin
  /// The new value rests on a prediction (the host of a Space not yet born).
  public var isPredicted: Bool
  /// A secret: neither value is ever known here.
  public var isSecret: Bool

  public init(
    path: String, old: JSONValue?, new: JSONValue?, effect: Effect, origin: SpacePlan.Origin = .wanted,
    isPredicted: Bool = false, isSecret: Bool = false
  ) {
    self.path = path
    self.old = old
    self.new = new
    self.effect = effect
    self.origin = origin
    self.isPredicted = isPredicted
    self.isSecret = isSecret
  }
}

/// One file that differs.
public struct FileChange: Sendable, Hashable {
  public enum Operation: String, Sendable, Hashable, Codable, CaseIterable { case add, update, delete }
  public var path: String
  public var operation: Operation
  /// Git id or LFS SHA-256 of what is there; nil when nothing is.
  public var old: String?
  public var new: String?
  /// Bytes of the new file; of the old one for a deletion.
  public var size: Int
  /// What changes inside; nil when nobody asked.
  public var difference: FileDifference?

  public init(path: String, operation: Operation, old: String?, new: String?, size: Int) {
    self.path = path
    self.operation = operation
    self.old = old
    self.new = new
    self.size = size
  }
}

/// One thing apply does to a Space; each is at most one call that writes, `content` and `create` apart.
public enum Step: Sendable, Hashable {
  case destroy
  case forget
  case move(from: SpaceID)
  case create
  case setVisibility(Visibility)
  case setResourceGroup(String)
  case deleteVariable(String)
  case deleteSecret(String)
  case setVariable(String)
  case setSecret(String)
  case setVolumes
  case commitContent
  case requestHardware(Flavour, SleepTime?)
  case setSleepTime(SleepTime)
  case setReplicas(Int)
  case setDevMode(Bool)
  case waitUntilLive
}

/// Digests of what one Space's plan was made from; a saved plan is stale when one of them differs.
public struct Binding: Sendable, Hashable {
  public var definition: String?
  public var content: String?
  public var record: String?
  public var live: String?
  public init() {}
}

/// Sums over the fleet.
public struct Totals: Sendable, Hashable {
  /// Spaces whose app restarts, and of those the ones that are built again.
  public var restarts: Int
  /// Calls each of which may start an app again: so many restarts there are if the Hub joins none of them (facts hub-api
  /// section 7.3). As each key takes a call of its own, it cannot be done with fewer while the app runs.
  public var restartsAtMost: Int
  public var rebuilds: Int
  /// Calls that write.
  public var calls: Int
  /// Calls left in the Hub's window, when it said.
  public var quotaLeft: Int?
  /// A month of 730 hours without sleep; flavours without a known price count as nothing and are named in `unpriced`.
  public var upperBefore: Money
  public var upperAfter: Money
  /// The same with the project's active hours where a sleep time is set.
  public var estimateBefore: Money
  public var estimateAfter: Money
  public var unpriced: [Flavour]

  public init() {
    restarts = 0
    restartsAtMost = 0
    rebuilds = 0
    calls = 0
    upperBefore = .zero
    upperAfter = .zero
    estimateBefore = .zero
    estimateAfter = .zero
    unpriced = []
  }
}
