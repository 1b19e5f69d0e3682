import SpaceModel

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The simulated world's time: begins at a given moment and runs `speed` times as fast as the wall clock, never backwards.
struct WorldClock: Sendable {
  private let origin: Timestamp
  private let started: Double
  let speed: Double

  init(from origin: Timestamp, speed: Double) {
    self.origin = origin
    self.speed = speed
    started = WorldClock.seconds(CLOCK_MONOTONIC)
  }

  var now: Timestamp {
    origin.advanced(bySeconds: (WorldClock.seconds(CLOCK_MONOTONIC) - started) * speed)
  }

  /// The machine's own time: what quota windows follow.
  static var wall: Timestamp { Timestamp(seconds: seconds(CLOCK_REALTIME)) }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1_000_000_000
  }
}

extension Timestamp {
  /// The form of HTTP's `Date` header: `Tue, 21 Jul 2026 10:00:00 GMT`.
  var httpDate: String {
    let text = description
    let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let day = days[Int(milliseconds / 86_400_000 % 7)]
    let month = Int(text.dropFirst(5).prefix(2)) ?? 1
    return "\(day), \(text.dropFirst(8).prefix(2)) \(months[month - 1]) \(text.prefix(4)) \(text.dropFirst(11).prefix(8)) GMT"
  }
}
