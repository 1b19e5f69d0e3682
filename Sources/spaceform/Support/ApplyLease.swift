import Diagnostics
import SpaceModel
import State

/// The lease of an apply, taken, with what gives it back when a signal comes.
struct ApplyLease {
  let session: any StateSession
  let signals: LeaseSignals?

  /// - Parameter patience: how long to wait for a lease that somebody else holds.
  init(_ project: Project, _ options: GlobalOptions, patience: TimeSpan?) throws {
    let state = project.fleet.project.state
    let signals = state == .file ? nil : LeaseSignals(options)
    let store = try StateAccess.store(
      project.folder, project: project.fleet.project.name, state: state, options, patience: patience,
      isInterrupted: { signals?.isRaised ?? false })
    do throws(Failure) { session = try store.begin() } catch {
      if let signals, signals.isRaised { throw signals.ending }
      throw error
    }
    self.signals = signals
    try signals?.hold(session)
  }
}
