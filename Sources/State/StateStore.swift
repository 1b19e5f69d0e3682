import Diagnostics
import SpaceModel

/// Where the lock lives. Reading takes no lease; writing happens in a session that holds one.
public protocol StateStore: Sendable {
  /// The lock as it stands; nil when there is none yet.
  func read() throws(Failure) -> Lock?
  /// The journal an earlier apply left open, if any, without taking the lease.
  func openJournal() throws(Failure) -> OpenJournal?
  /// Takes the lease for one apply. Exit status 6 when another process holds it.
  func begin() throws(Failure) -> any StateSession
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
  /// Appends an intent and syncs it. To be called before the Hub is written to.
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
