import Platform

/// The time leases are counted in: seconds that never go back and go on while the machine sleeps, whatever becomes of the date.
public struct LeaseClock: Sendable {
  /// Seconds since some moment.
  public var now: @Sendable () -> Double
  /// How many of these seconds pass in one real second; tests let hours pass in seconds.
  public var speed: Double

  public init(now: @escaping @Sendable () -> Double, speed: Double = 1) {
    self.now = now
    self.speed = speed
  }

  /// The system's.
  public static func system(speed: Double = 1) -> LeaseClock {
    LeaseClock(now: { uptime() * speed }, speed: speed)
  }

  /// Lets so many of its seconds pass.
  func sleep(_ seconds: Double) {
    let real = max(0, seconds / speed)
    var time = timespec(tv_sec: Int(real), tv_nsec: Int((real - real.rounded(.down)) * 1e9))
    var rest = timespec()
    while nanosleep(&time, &rest) != 0, errno == EINTR { time = rest }
  }

  private static func uptime() -> Double {
    var time = timespec()
    #if canImport(Darwin)
    // On Darwin this one goes on while the machine sleeps.
    clock_gettime(CLOCK_MONOTONIC, &time)
    #else
    clock_gettime(CLOCK_BOOTTIME, &time)
    #endif
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
