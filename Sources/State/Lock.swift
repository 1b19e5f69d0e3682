import SpaceModel

/// The state file: what Spaceform last made of each Space, and nothing else. No times of ours, no machine, no value of a secret.
public struct Lock: Hashable, Sendable {
  /// The newest format this program writes.
  public static let currentVersion = 1

  public var project: String
  /// `local` for a Hub on this machine, otherwise the Hub's address; a lock of another Hub is refused.
  public var hub: String
  /// The git revision last applied, where known.
  public var revision: String?
  public var spaces: [SpaceID: LockRecord]

  public init(project: String, hub: String, revision: String? = nil, spaces: [SpaceID: LockRecord] = [:]) {
    self.project = project
    self.hub = hub
    self.revision = revision
    self.spaces = spaces
  }

  /// The lock's name for a Hub's address: `local` for any address on this machine, since its port changes from run to run.
  public static func hubName(forEndpoint endpoint: String) -> String {
    let rest = endpoint.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first ?? ""
    let host = rest.hasPrefix("[") ? rest.prefix { $0 != "]" } + "]" : rest.prefix { $0 != ":" }
    return ["127.0.0.1", "localhost", "[::1]"].contains(String(host)) ? "local" : endpoint
  }
}

/// What the lock knows of one Space. Only managed settings are in it.
public struct LockRecord: Hashable, Sendable {
  /// The Hub's own id (`_id`), which tells a Space from another at the same address.
  public var hubID: String
  /// Managed settings by their key in `Setting.all`: `hardware`, `sleep_time`, `visibility`, …, as definitions write them.
  public var settings: [String: JSONValue]
  /// The card's members as the definition declares them; nil: not managed.
  public var card: [String: JSONValue]?
  public var variables: [String: RecordedVariable]
  public var secrets: [String: RecordedSecret]
  /// Nil: not managed.
  public var volumes: [Volume]?
  /// Nil: not managed, or never applied.
  public var content: RecordedContent?
  public var dependsOn: [SpaceID]
  public var preventDestroy: Bool

  public init(hubID: String) {
    self.hubID = hubID
    settings = [:]
    variables = [:]
    secrets = [:]
    dependsOn = []
    preventDestroy = false
  }
}

public struct RecordedVariable: Hashable, Sendable {
  public var value: String
  public var note: String?
  public init(value: String, note: String? = nil) {
    self.value = value
    self.note = note
  }
}

public struct RecordedSecret: Hashable, Sendable {
  /// The Hub's `updatedAt` after our write; nil is a value of its own.
  public var updatedAt: Timestamp?
  public var version: Int?
  /// `keyid:salt:HMAC-SHA-256`, only when a lock key is set.
  public var fingerprint: String?
  public init(updatedAt: Timestamp?, version: Int? = nil, fingerprint: String? = nil) {
    self.updatedAt = updatedAt
    self.version = version
    self.fingerprint = fingerprint
  }
}

public struct RecordedContent: Hashable, Sendable {
  /// Digest of what we wanted there.
  public var digest: String
  /// The head after our commit.
  public var commit: String
  /// The last commit seen healthy; while it differs from `commit` a plan shows `verify`.
  public var live: String?
  public init(digest: String, commit: String, live: String? = nil) {
    self.digest = digest
    self.commit = commit
    self.live = live
  }
}
