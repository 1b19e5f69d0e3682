import Diagnostics
import SpaceModel

/// Where the lock lives. Reading takes no lease; writing happens in a session that holds one.
public protocol StateStore: Sendable {
  /// The lock as it stands; nil when there is none yet.
  func read() throws(Failure) -> Lock?
  /// The lock as this machine last knew it, without asking anybody and without a complaint; nil when it knows none.
  func remembered() -> Lock?
  /// The journal an earlier apply left open, if any, without taking the lease.
  func openJournal() throws(Failure) -> OpenJournal?
  /// Takes the lease for one apply. Exit status 6 when another process holds it.
  func begin() throws(Failure) -> any StateSession
  /// Takes the lease to put another lock in place of whatever is there, even of what cannot be read. A journal that cannot be read is
  /// put aside. The session knows neither a base that cannot be read nor such a journal.
  func beginReplacing() throws(Failure) -> any StateSession
  /// Who holds the lease; nil when nobody does.
  func holder() throws(Failure) -> LeaseHolder?
  /// Ends the lease of a holder that is gone, and leaves the rest of the state alone.
  /// - Parameter confirm: gets the holder, nil for a lease that cannot be read, and says whether to go on.
  /// - Returns: false when there was nothing to end, or `confirm` said no.
  func unlock(_ confirm: (LeaseHolder?) -> Bool) throws(Failure) -> Bool
}

/// Who holds the lease of a state, as messages say it.
public struct LeaseHolder: Hashable, Sendable, CustomStringConvertible {
  /// `ada@workshop`, or `acme/demos, run 17 (attempt 2)`.
  public var owner: String
  /// The page of its CI run.
  public var page: String?

  public init(owner: String, page: String? = nil) {
    self.owner = owner
    self.page = page
  }

  public var description: String { page.map { "\(owner) (\($0))" } ?? owner }
}

/// One apply's hold on the state. Calls are serial, from any thread; every write is on disk when the call returns.
///
/// What a caller may rely on, and so how often it needs `save`: an outcome with the `result` that the lock needs is as durable as
/// the lock itself. After a crash `inherited` holds every intent and outcome since the journal was last closed as settled, across
/// any number of crashes, and `inherited.isOf(base)` tells whether the lock is the one they were made under, so that `done`
/// outcomes may be folded into it without reading. Writing the lock costs in proportion to the fleet, a record does not:
/// with many Spaces save now and then (every second or so) and before `close`, not after each outcome.
public protocol StateSession: Sendable {
  /// The lock as it was when the lease was taken.
  var base: Lock? { get }
  /// The journal found open when the lease was taken.
  var inherited: OpenJournal? { get }
  /// Whether others may have to settle what this session leaves behind, so that intents are to be announced all at once: one by one
  /// each would wait for a network.
  var isShared: Bool { get }
  /// Whether a write may still begin; false when the lease may have ended while it waited its turn.
  var mayWrite: Bool { get }
  /// Makes intents known, before the first of them is recorded, to whoever would have to settle them. Whether one was begun they cannot
  /// tell, so they will find out. An announced intent is recorded like any other when its turn comes, then with all its details.
  func announce(_ intents: [Intent]) async throws(Failure)
  /// Returns when a recorded intent is known to whoever would have to settle it; at once when it was announced. To be called before the
  /// Hub is written to. Calls that come at the same time share a way.
  func publish(_ intent: Intent) async throws(Failure)
  /// Appends an intent and syncs it. To be called before the Hub is written to. Exit status 6 when the lease may have ended.
  func record(_ intent: Intent) throws(Failure)
  /// Appends an outcome and syncs it.
  func record(_ outcome: Outcome) throws(Failure)
  /// Replaces the lock atomically. The journal stays, so that a crash right after loses nothing. On failure a recovery file is
  /// left and named in the error.
  func save(_ lock: Lock) throws(Failure)
  /// Ends the apply: the journal is emptied when nothing in it is unsettled, and the lease is released.
  /// - Parameter settled: whether every intent, inherited ones too, has a certain outcome that the saved lock reflects.
  func close(settled: Bool) throws(Failure)
}

/// What is on this machine's disk is known to whoever works here.
extension StateSession {
  public var isShared: Bool { false }
  public var mayWrite: Bool { true }
  public func announce(_ intents: [Intent]) async throws(Failure) {}
  public func publish(_ intent: Intent) async throws(Failure) {}
}
