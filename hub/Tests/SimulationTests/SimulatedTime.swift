import Locking
import Reconciler
import SpaceModel

/// A clock that moves only when somebody sleeps.
final class SimulatedTime: Sendable {
  private let moment = Locked(Timestamp(milliseconds: 1_780_000_000_000))

  var now: Timestamp { moment.withLock { $0 } }

  func pass(_ seconds: Double) { moment.withLock { $0 = $0.advanced(bySeconds: seconds) } }

  var clock: ApplyClock {
    ApplyClock(
      now: { self.now },
      sleep: { seconds in
        self.pass(seconds)
        await Task.yield()
      })
  }
}

/// SplitMix64: the same seed gives the same numbers everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
