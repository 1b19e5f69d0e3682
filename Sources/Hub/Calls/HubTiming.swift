import HTTP
import Platform
import SpaceModel

/// Time and chance, passed in so that tests neither wait nor vary.
public struct HubTiming: Sendable {
  /// Waits for seconds; throws when the task is cancelled.
  public var sleep: @Sendable (Double) async throws -> Void
  /// Seconds on a clock that never jumps.
  public var now: @Sendable () -> Double
  /// The time of day, to compare with the Hub's.
  public var date: @Sendable () -> Timestamp
  /// At least 0, below 1: spreads retries of concurrent calls.
  public var jitter: @Sendable () -> Double

  public init(
    sleep: @escaping @Sendable (Double) async throws -> Void, now: @escaping @Sendable () -> Double,
    date: @escaping @Sendable () -> Timestamp, jitter: @escaping @Sendable () -> Double
  ) {
    self.sleep = sleep
    self.now = now
    self.date = date
    self.jitter = jitter
  }

  public static let system = HubTiming(
    sleep: { try await Task.sleep(for: .milliseconds(Int64($0 * 1000))) }, now: { Monotonic.seconds() },
    date: { Timestamp(seconds: Date().timeIntervalSince1970) }, jitter: { Double.random(in: 0..<1) })
}

/// One exchange as `-v` and `HF_DEBUG` show it. Never a body, never a token, never a query.
public struct HubCallRecord: Hashable, Sendable {
  public var method: String
  public var path: String
  /// Nil when no answer came.
  public var status: Int?
  public var milliseconds: Int
  public var requestID: String?
  /// The request as a command line for curl, without token, body and signatures.
  public var curl: String
}
