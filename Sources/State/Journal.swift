import SpaceModel

/// What one apply is about to do to the Hub: on disk, synced, before the call is made.
public struct Intent: Hashable, Sendable {
  /// Unique in the journal; part of a commit's description, so that a commit can be recognised.
  public var id: String
  public var space: SpaceID
  public var operation: Operation
  /// What settles the operation when no outcome follows: the planned content digest, the parent commit, the target address,
  /// key names. Never the value of a secret.
  public var details: [String: JSONValue]
  /// Hub time when the intent was written.
  public var at: Timestamp

  /// One call that changes the Hub.
  public enum Operation: String, Hashable, Sendable, Codable, CaseIterable {
    case create, delete, move, visibility, resourceGroup = "resource_group", hardware, sleepTime = "sleep_time", replicas,
      devMode = "dev_mode", setVariable = "set_variable", deleteVariable = "delete_variable", setSecret = "set_secret",
      deleteSecret = "delete_secret", volumes, commit
  }

  public init(
    id: String, space: SpaceID, operation: Operation, details: [String: JSONValue] = [:], at: Timestamp
  ) {
    self.id = id
    self.space = space
    self.operation = operation
    self.details = details
    self.at = at
  }
}

/// How an intent ended.
public struct Outcome: Hashable, Sendable {
  public enum Status: String, Hashable, Sendable, Codable {
    /// The Hub confirmed it.
    case done
    /// The Hub refused it; nothing changed.
    case failed
    /// No answer that tells; to be settled by reading.
    case uncertain
  }
  public var intent: String
  public var status: Status
  /// What the Hub answered that the lock needs: `hub_id`, `commit`.
  public var result: [String: JSONValue]

  public init(intent: String, status: Status, result: [String: JSONValue] = [:]) {
    self.intent = intent
    self.status = status
    self.result = result
  }
}

/// A journal left behind by an apply that did not close: what it meant to do and what is known of the outcome.
public struct OpenJournal: Hashable, Sendable {
  /// Digest of the lock (`LockCodec.digest`) the apply started from; nil when there was no lock.
  public var baseLock: String?
  /// Digests of the locks that were the base of a later apply on the same journal, or that were saved under it.
  public var lockDigests: Set<String>
  public var entries: [Entry]

  /// How many outcomes stood in the journal when a lock with this digest was last saved under it.
  var outcomesBefore: [String: Int] = [:]
  /// Which outcome of the journal, counted from 1, is the last word on an intent.
  var outcomeNumbers: [String: Int] = [:]

  /// Ids of the intents that had come to a certain end when this lock was saved, so that it holds what came of them.
  public func reflected(in lock: Lock) -> Set<String> {
    guard let digest = LockCodec.digest(lock), let before = outcomesBefore[digest] else { return [] }
    return Set(entries.filter { $0.outcome?.status == .done }.map(\.intent.id).filter { outcomeNumbers[$0] ?? .max <= before })
  }

  /// Whether this lock is the journal's own: the one it started from, or one that was saved under it. Otherwise someone
  /// changed the lock since, and the entries are to be settled by reading the Hub alone.
  public func isOf(_ lock: Lock?) -> Bool {
    guard let digest = LockCodec.digest(lock) else { return baseLock == nil }
    return digest == baseLock || lockDigests.contains(digest)
  }

  public struct Entry: Hashable, Sendable {
    public var intent: Intent
    /// Nil: the process ended before the outcome was written.
    public var outcome: Outcome?
    public init(intent: Intent, outcome: Outcome? = nil) {
      self.intent = intent
      self.outcome = outcome
    }
  }

  public init(baseLock: String?, entries: [Entry], lockDigests: Set<String> = []) {
    self.baseLock = baseLock
    self.lockDigests = lockDigests
    self.entries = entries
  }
}
