import Locking
import Reconciler
import SpaceModel

/// A clock that moves only when somebody sleeps. The Hub lives by it; the program's own clock may be wrong.
package final class SimulatedTime: Sendable {
  private struct State {
    var moment = Timestamp(milliseconds: 1_780_000_000_000)
    /// Seconds by which the program's clock is ahead of the Hub's.
    var error = 0.0
  }
  private let state = Locked(State())

  package init() {}

  /// What the Hub's clock says.
  package var now: Timestamp { state.withLock { $0.moment } }

  package func pass(_ seconds: Double) { state.withLock { $0.moment = $0.moment.advanced(bySeconds: seconds) } }

  /// Sets the program's clock so many seconds ahead of the Hub's.
  package func setError(_ seconds: Double) { state.withLock { $0.error = seconds } }

  /// What the answers of the Hub tell the program: the Hub's clock minus the program's.
  package var hubOffset: Double { state.withLock { -$0.error } }

  /// The program's clock.
  package var clock: ApplyClock {
    ApplyClock(
      now: { self.state.withLock { $0.moment.advanced(bySeconds: $0.error) } },
      sleep: { seconds in
        self.pass(seconds)
        await Task.yield()
      })
  }
}
