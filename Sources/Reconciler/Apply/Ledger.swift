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
  /// Intents that others know of and that have not begun, by Space.
  private var announced: [SpaceID: [(draft: PlannedIntents.Draft, id: String)]] = [:]

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

  /// Makes known what will be done, where others may have to find out what became of it. Nothing may have begun yet.
  func announce(_ drafts: [PlannedIntents.Draft], hubTime: Timestamp) async throws(Failure) {
    guard session.isShared, !drafts.isEmpty else { return }
    var intents: [Intent] = []
    for draft in drafts {
      let intent = Intent(id: nextID(), space: draft.space, operation: draft.operation, details: draft.details, at: hubTime)
      announced[draft.space, default: []].append((draft, intent.id))
      intents.append(intent)
    }
    try await session.announce(intents)
  }

  /// Writes down what is about to be done; on disk, and known to whoever may have to settle it, when this returns.
  func intend(
    _ operation: Intent.Operation, on space: SpaceID, details: [String: JSONValue], hubTime: Timestamp
  ) async throws(Failure) -> Intent {
    let place = announced[space]?.firstIndex { $0.draft.covers(operation, on: space, details: details) }
    let known = place.flatMap { announced[space]?.remove(at: $0).id }
    let intent = Intent(id: known ?? nextID(), space: space, operation: operation, details: details, at: hubTime)
    try session.record(intent)
    do throws(Failure) { try await session.publish(intent) } catch {
      // Nothing was begun, and nobody needs to find out.
      try session.record(Outcome(intent: intent.id, status: .failed))
      throw error
    }
    open.insert(intent.id)
    return intent
  }

  private func nextID() -> String {
    counter += 1
    return "\(run)-\(counter)"
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

  /// Closes without a change: nothing was begun.
  func abandon() { try? session.close(settled: false) }

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
