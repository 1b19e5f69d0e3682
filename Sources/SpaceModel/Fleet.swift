/// One project, read and checked: everything a plan needs to know of the definitions.
public struct Fleet: Hashable, Sendable {
  public var project: Project
  /// Sorted by address, without duplicates.
  public var spaces: [SpaceDefinition]

  public init(project: Project, spaces: [SpaceDefinition]) {
    self.project = project
    self.spaces = spaces.sorted { $0.id < $1.id }
  }

  public subscript(id: SpaceID) -> SpaceDefinition? { spaces.first { $0.id == id } }
}

/// What `spaceform.yaml` says beside defaults and environments, which are merged into the Spaces by then.
public struct Project: Hashable, Sendable {
  public var name: String
  public var owner: String?
  /// The environment chosen by `--env`; it names the lock, `spaceform.ENV.lock`.
  public var environment: String?
  public var removed: [Removal]
  public var policy: Policy
  /// For the estimate beside the upper bound.
  public var activeHoursPerDay: Double
  public var state: StateDeclaration
  public var preview: PreviewDeclaration

  public init(
    name: String, owner: String? = nil, environment: String? = nil, removed: [Removal] = [], policy: Policy = Policy(),
    activeHoursPerDay: Double = 24, state: StateDeclaration = .file, preview: PreviewDeclaration = PreviewDeclaration()
  ) {
    self.name = name
    self.owner = owner
    self.environment = environment
    self.removed = removed
    self.policy = policy
    self.activeHoursPerDay = activeHoursPerDay
    self.state = state
    self.preview = preview
  }
}

/// A reviewed removal of a Space that is no longer defined.
public struct Removal: Hashable, Sendable {
  public var space: SpaceID
  /// False forgets the Space without deleting it.
  public var destroy: Bool

  public init(space: SpaceID, destroy: Bool) {
    self.space = space
    self.destroy = destroy
  }
}

/// Rules an organisation sets for its fleet.
public struct Policy: Hashable, Sendable {
  public var allowedHardware: [Flavour]?
  public var maximumMonthly: Money?
  public var warnMonthly: Money?
  public var requireSleepTimeOnPaidHardware: Bool
  public var allowPublic: Bool
  /// A regular expression that every Space name must match.
  public var namePattern: String?

  public init(
    allowedHardware: [Flavour]? = nil, maximumMonthly: Money? = nil, warnMonthly: Money? = nil,
    requireSleepTimeOnPaidHardware: Bool = false, allowPublic: Bool = true, namePattern: String? = nil
  ) {
    self.allowedHardware = allowedHardware
    self.maximumMonthly = maximumMonthly
    self.warnMonthly = warnMonthly
    self.requireSleepTimeOnPaidHardware = requireSleepTimeOnPaidHardware
    self.allowPublic = allowPublic
    self.namePattern = namePattern
  }
}

/// Where the lock is kept.
public enum StateDeclaration: Hashable, Sendable {
  /// `spaceform.lock` beside `spaceform.yaml`.
  case file
  /// On a branch of a git remote.
  case git(GitStoreDeclaration)
}

/// `state: { store: git, … }`: which branch of which remote, and for how long a run is believed to be alive without a sign.
public struct GitStoreDeclaration: Hashable, Sendable {
  /// A remote's name in the project's repository, or an address.
  public var remote: String
  public var branch: String
  public var lease: TimeSpan

  public static let defaultRemote = "origin"
  public static let defaultBranch = "spaceform-state"
  public static let defaultLease = TimeSpan(seconds: 300)
  /// A holder writes until a minute before the end and renews three times in it: with less there would be no time to work.
  public static let shortestLease = TimeSpan(seconds: 180)
  /// A run that died would block others for longer than anybody waits.
  public static let longestLease = TimeSpan(seconds: 86_400)

  public init(remote: String = defaultRemote, branch: String = defaultBranch, lease: TimeSpan = defaultLease) {
    self.remote = remote
    self.branch = branch
    self.lease = lease
  }
}
