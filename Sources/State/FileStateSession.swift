import Diagnostics
import Files
import Locking

/// An apply's hold on a lock in the work tree. Letting go of it without `close` is what a crash does: the journal stays.
final class FileStateSession: StateSession {
  let base: Lock?
  let inherited: OpenJournal?

  private let paths: StatePaths
  private let recovery: Recovery
  private let state: Locked<Held?>

  /// What is held until `close`; the lease is freed with it.
  private struct Held {
    let journal: JournalFile
    let lease: FileLock
    /// The text on disk, so that saving the same lock again costs nothing.
    var text: String?
  }

  init(paths: StatePaths, base: Lock?, journal: sending JournalFile, lease: FileLock, recovery: Recovery) {
    self.paths = paths
    self.base = base
    self.recovery = recovery
    inherited = journal.inherited
    state = Locked(Held(journal: journal, lease: lease))
  }

  func record(_ intent: Intent) throws(Failure) {
    try held { held throws(Failure) in try held.journal.append(intent) }
  }

  func record(_ outcome: Outcome) throws(Failure) {
    try held { held throws(Failure) in try held.journal.append(outcome) }
  }

  func save(_ lock: Lock) throws(Failure) {
    try held { held throws(Failure) in
      let text = LockCodec.text(lock)
      guard text != held.text else { return }
      // Before the lock itself: a crash between the two must not make our own lock look like a stranger's.
      var unmarked: Failure?
      if held.journal.isOpen, let digest = LockCodec.digest(lock) {
        do throws(Failure) { try held.journal.append(JournalCodec.saved(lock: digest)) } catch { unmarked = error }
      }
      do throws(Failure) {
        try AtomicFile.replace(paths.lock, with: Array(text.utf8))
      } catch {
        held.text = nil
        throw recovery.keep(text, after: error)
      }
      held.text = text
      if let unmarked { throw unmarked }
    }
  }

  func close(settled: Bool) throws(Failure) {
    // Whatever fails below, the lease is freed.
    guard
      let held = state.withLock({ held in
        let last = held; held = nil; return last
      })
    else { return }
    guard settled else { return }
    try held.journal.empty()
    try recovery.clear()
  }

  private func held(_ body: (inout Held) throws(Failure) -> Void) throws(Failure) {
    try state.withLock { held throws(Failure) in
      guard var open = held else {
        throw Failure(
          doing: "writing \(recovery.paths.lockName)", problem: "the apply is closed already",
          help: "This is a fault of spaceform: report it, and run the command again.")
      }
      defer { held = open }
      try body(&open)
    }
  }
}
