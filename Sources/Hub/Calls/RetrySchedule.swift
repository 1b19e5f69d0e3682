import HTTP
import HubAPI

/// When a failed call is sent again, and after how long (facts hub-api section 6.4).
///
/// Reads are repeated up to five times after 408, 429, 5xx and lost connections. A name that does not resolve and a host that
/// refuses the connection get two tries more: they are more often a wrong address than a passing fault. Writes are repeated
/// only after a 429, which by definition changed nothing.
enum RetrySchedule {
  static let waits: [Double] = [1, 2, 4, 8, 8]
  /// Beyond this a wait is an answer for a person, not something to sit through.
  static let longestWait = 900

  /// Seconds until the next try; nil to give up.
  ///
  /// - Parameters:
  ///   - retries: how often it was sent again so far.
  ///   - jitter: at least 0, below 1: adds up to a quarter to the doubling waits.
  static func wait(
    after error: HubError, cause: TransportFailure.Cause?, effect: HubCall.Effect, retries: Int, jitter: Double
  ) -> Double? {
    guard retries < waits.count else { return nil }
    let usual = waits[retries] * (1 + jitter / 4)
    if case .rateLimited(let after) = error.kind {
      guard let after else { return usual }
      return after <= longestWait ? Double(after + 1) : nil
    }
    guard effect == .read else { return nil }
    switch cause {
    case .name, .connection: return retries < 2 ? usual : nil
    case .timeout, .answer: return usual
    case .tls, .body, .cancelled, .setup: return nil
    case nil: break
    }
    switch error.status {
    case 408, 500, 502, 503, 504: return usual
    default: return nil
    }
  }
}
