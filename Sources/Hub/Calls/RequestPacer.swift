/// Slows down before the Hub says 429 (facts hub-api section 6.3: fixed windows, `r` calls left, `t` seconds to go).
///
/// An answer's `r` does not know of calls still on their way, so what is left is `r` minus those under way. When that is used
/// up, the next call waits for the window to end and a second more. Before the first answer, and after a window has ended,
/// nothing is known and nothing waits.
struct RequestPacer: Sendable {
  private struct Window: Sendable {
    var left: Int
    var ends: Double
  }

  private var windows: [HubCall.Bucket: Window] = [:]
  private var underWay: [HubCall.Bucket: Int] = [:]

  /// Seconds to wait before asking again; 0 counts the call as under way.
  mutating func admit(_ bucket: HubCall.Bucket, now: Double) -> Double {
    if let window = windows[bucket] {
      if window.ends <= now {
        windows[bucket] = nil
      } else if window.left < 1 {
        return window.ends - now
      } else {
        windows[bucket]?.left -= 1
      }
    }
    underWay[bucket, default: 0] += 1
    return 0
  }

  /// The exchange is over, with or without an answer.
  mutating func finish(_ bucket: HubCall.Bucket, _ header: RateLimitHeader?, now: Double) {
    let stillUnderWay = max(0, underWay[bucket, default: 0] - 1)
    underWay[bucket] = stillUnderWay
    // A window that ends in hours is no window of the Hub's; waiting for it would be a hang.
    guard let header, header.resetsIn <= RetrySchedule.longestWait,
      header.bucket.isEmpty || HubCall.Bucket(name: header.bucket) == bucket
    else { return }
    let ends = now + Double(header.resetsIn) + 1
    let left = header.remaining - stillUnderWay
    // Answers overtake each other: within one window the smaller number is the later one.
    if let window = windows[bucket], abs(window.ends - ends) < 3 {
      windows[bucket] = Window(left: min(window.left, left), ends: window.ends)
    } else {
      windows[bucket] = Window(left: left, ends: ends)
    }
  }
}

extension HubCall.Bucket {
  /// Nil for a bucket we never call (`pages`) or do not know.
  init?(name: String) {
    switch name {
    case "api": self = .api
    case "resolvers": self = .resolvers
    default: return nil
    }
  }
}
