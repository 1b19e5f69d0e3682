import Diagnostics
import SpaceModel
import State

/// A change of the lock that is not an apply: lease taken, lock replaced in one step, lease freed.
enum LockEdit {
  /// - Parameter change: gets the lock as it is with the lease held, nil when there is none, and returns the one to save.
  static func run(
    _ store: any StateStore, doing: String, _ change: (Lock?) throws(Failure) -> Lock
  ) throws(Failure) {
    let session = try store.begin()
    do throws(Failure) {
      guard session.inherited == nil else {
        // What that apply did is not in the lock yet: a change now could be undone by it, or hide it.
        throw Failure(
          doing: doing, problem: "an apply did not end here, and what it did is not settled",
          help: "Run `spaceform apply` first: it finds out what was done")
      }
      let lock = try change(session.base)
      if lock != session.base { try session.save(lock) }
    } catch {
      try? session.close(settled: session.inherited == nil)
      throw error
    }
    try session.close(settled: true)
  }
}
