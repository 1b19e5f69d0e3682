/// What the transport needs to know of the machine it runs on.
struct TransportOptions: Sendable {
  var proxies: ProxySettings
  var certificateFile: String?
  /// Connections to one host.
  var connections: Int
  /// Seconds for name, connection and TLS together.
  var connectTimeout = 10
  /// Seconds without a byte in either direction.
  var idleTimeout = 60
  /// Seconds without a byte after which an event stream counts as ended (facts hub-api section 2.12).
  var streamIdleTimeout = 120
  /// Seconds for a whole exchange that moves no file: a server that sends a byte now and then is not waited for for ever.
  var callTimeout = 300
  /// Bytes of an answer that is not a file's content. The largest of the Hub's interface, a page of a thousand Spaces, has about one
  /// mebibyte.
  var largestAnswer = 64 << 20
}

/// Seconds on a clock that never jumps.
enum Monotonic {
  private static let start = ContinuousClock.now

  static func seconds() -> Double {
    let elapsed = ContinuousClock.now - start
    return Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
  }
}
