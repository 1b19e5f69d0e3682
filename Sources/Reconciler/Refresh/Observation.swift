import HubAPI
import SpaceModel

/// What one refresh saw of the Hub.
public struct Observation: Sendable {
  /// Who the token belongs to; nil when the Hub was not asked for anything.
  public var identity: Identity?
  /// Spaces that were seen, by the address asked for.
  public var spaces: [SpaceID: ObservedSpace]
  /// Addresses that were asked for and are not there, as far as the token can tell for certain.
  public var absent: Set<SpaceID>
  /// Addresses nothing certain is known of, and why.
  public var unknown: [SpaceID: String]
  /// Where each Hub id was seen.
  public var addresses: [String: SpaceID]
  public var quota: Quota?

  /// How it came about.
  public var refresh: Refresh

  public init(identity: Identity?, refresh: Refresh = .bulk) {
    self.identity = identity
    self.refresh = identity == nil ? .nothing : refresh
    spaces = [:]
    absent = []
    unknown = [:]
    addresses = [:]
  }
}

/// One Space as the refresh saw it, no more than the plan needs.
public struct ObservedSpace: Sendable, Hashable {
  public var info: SpaceInfo
  public var variables: Reading<[String: LiveVariable]>
  public var secrets: Reading<[String: LiveSecret]>
  public var volumes: Reading<[Volume]>
  /// Read only where the head is not the recorded commit or the wanted files are not the recorded ones.
  public var content: Reading<ObservedContent>
  /// The names of all its keys, whether managed or not; only a full refresh reads them, and no plan is bound to them.
  public var keys = ObservedKeys()

  public init(info: SpaceInfo) {
    self.info = info
    variables = .notRead
    secrets = .notRead
    volumes = .notRead
    content = .notRead
  }
}

extension ObservedSpace {
  /// Whether this commit was seen running; static Spaces do not name theirs, so their head stands for it.
  func runs(_ commit: String) -> Bool {
    guard let runtime = info.runtime, runtime.stage == .running else { return false }
    return (runtime.sha ?? info.sha) == commit
  }
}

/// The names of a Space's variables and secrets.
public struct ObservedKeys: Sendable, Hashable {
  public var variables: Reading<Set<String>> = .notRead
  public var secrets: Reading<Set<String>> = .notRead

  public init() {}
}

/// A value that takes a call of its own.
public enum Reading<Value: Sendable & Hashable>: Sendable, Hashable {
  /// Not asked for, because nothing depends on it.
  case notRead
  /// Asked for, and the token may not see it, or the answer made no sense.
  case unreadable(String)
  case value(Value)

  public var value: Value? { if case .value(let value) = self { value } else { nil } }

  /// The same reading of a part of the value.
  func map<Part>(_ part: (Value) -> Part) -> Reading<Part> {
    switch self {
    case .notRead: .notRead
    case .unreadable(let why): .unreadable(why)
    case .value(let value): .value(part(value))
    }
  }
}

/// The files of a Space that is to be compared in full.
public struct ObservedContent: Sendable, Hashable {
  public var files: [TreeFile]
  /// Nil when there is no README.
  public var readme: Readme?
  /// Lines of `.gitattributes`, which the Hub edits; nil when not needed for the comparison.
  public var attributes: [String]?
  /// Newest first, down to the recorded commit (left out) or the first commit.
  public var commits: [CommitRecord]
  /// Whether the recorded commit was found in the history.
  public var reachesRecorded: Bool

  public init(
    files: [TreeFile], readme: Readme? = nil, attributes: [String]? = nil, commits: [CommitRecord] = [],
    reachesRecorded: Bool = false
  ) {
    self.files = files
    self.readme = readme
    self.attributes = attributes
    self.commits = commits
    self.reachesRecorded = reachesRecorded
  }
}
