import Console
import Diagnostics
import Locking
import Platform
import State

/// SIGINT and SIGTERM of an apply whose lease others wait for: it does not end with the process, so the first signal gives it back.
final class LeaseSignals: Sendable {
  private struct Work: Sendable {
    var session: (any StateSession)?
    /// From here on the first signal only asks to stop, as with any apply.
    var isWriting = false
  }

  let interruption: Interruption
  private let work: Locked<Work>

  init(_ options: GlobalOptions) {
    let work = Locked(Work())
    self.work = work
    interruption = Interruption { number in
      let (session, isWriting) = work.withLock { ($0.session, $0.isWriting) }
      let word =
        isWriting
        ? "Stopping: what is under way is finished and saved. Again to stop at once." : "Stopping: the lease is given back."
      if !options.quiet { Terminal.error("\n" + options.errorStyle.yellow(word) + "\n") }
      // Without a session the lease is being taken: whoever takes it finds out.
      guard !isWriting, let session else { return }
      try? session.close(settled: false)
      _exit(128 + number)
    }
  }

  var isRaised: Bool { interruption.isRaised }

  /// The lease is taken.
  /// - Throws: an `Ending` when a signal came meanwhile; then it is given back.
  func hold(_ session: any StateSession) throws {
    work.withLock { $0.session = session }
    guard isRaised else { return }
    try session.close(settled: false)
    throw ending
  }

  func beginWriting() { work.withLock { $0.isWriting = true } }

  var ending: Ending { Ending(status: interruption.number == SIGTERM ? .terminated : .interrupted) }
}
