import Diagnostics
import SpaceModel
import State

/// The one keeper of lock and journal during an apply: intents before calls, outcomes after, the lock saved as it grows.
actor Ledger {
  private(set) var lock: Lock
  private let session: any StateSession
  private let clock: ApplyClock
  private var lastSaved: Timestamp
  private var isDirty = false
  /// Intents without a certain outcome.
  private var open: Set<String> = []
  private let openCreations: Set<SpaceID>
  /// The recorded commit of each Space with a commit of an earlier apply that may yet arrive.
  private let openCommits: [SpaceID: String?]
  private let run: String
  private var counter = 0

  /// - Parameters:
  ///   - openCreations: creates of an earlier apply; each is settled once its Space is in the lock.
  ///   - openCommits: Spaces with a commit of an earlier apply; it is settled once another one has taken its place.
  init(
    lock: Lock, session: any StateSession, run: String, clock: ApplyClock, openCreations: Set<SpaceID>,
    openCommits: Set<SpaceID>
  ) {
    self.openCommits = Dictionary(uniqueKeysWithValues: openCommits.map { ($0, lock.spaces[$0]?.content?.commit) })
    self.openCreations = openCreations
    self.lock = lock
    self.session = session
    self.clock = clock
    lastSaved = clock.now()
    self.run = run
  }

  /// Writes down what is about to be done; on disk when this returns.
  func intend(
    _ operation: Intent.Operation, on space: SpaceID, details: [String: JSONValue], hubTime: Timestamp
  ) throws(Failure) -> Intent {
    counter += 1
    let intent = Intent(id: "\(run)-\(counter)", space: space, operation: operation, details: details, at: hubTime)
    try session.record(intent)
    open.insert(intent.id)
    return intent
  }

  /// Writes down how it ended and what follows for the lock.
  func settle(
    _ intent: Intent, _ status: Outcome.Status, result: [String: JSONValue] = [:],
    _ change: @Sendable (inout Lock) -> Void = { _ in }
  ) throws(Failure) {
    // What is known is known, also when it cannot be written to the journal: a later lock has to hold it.
    change(&lock)
    isDirty = true
    try session.record(Outcome(intent: intent.id, status: status, result: result))
    if status != .uncertain { open.remove(intent.id) }
    // The journal alone is enough to settle after a crash; the lock follows at a pace that stays linear in large fleets.
    if clock.now().seconds(since: lastSaved) >= 1 { try save() }
  }

  /// Changes the lock without a call to the Hub behind it.
  func update(_ change: @Sendable (inout Lock) -> Void) {
    // Whether anything changed is for the session to find out, once a save: comparing here would copy the fleet each time.
    change(&lock)
    isDirty = true
  }

  func save() throws(Failure) {
    guard isDirty else { return }
    try session.save(lock)
    isDirty = false
    lastSaved = clock.now()
  }

  /// Saves and closes. The journal is emptied only when nothing in it is uncertain.
  func close() throws(Failure) {
    do {
      try save()
    } catch {
      try? session.close(settled: false)
      throw error
    }
    let isSettled =
      open.isEmpty && openCreations.allSatisfy { lock.spaces[$0] != nil }
      && openCommits.allSatisfy { space, commit in lock.spaces[space].map { $0.content?.commit != commit } ?? true }
    try session.close(settled: isSettled)
  }
}
