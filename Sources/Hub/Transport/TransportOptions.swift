/// What the transport needs to know of the machine it runs on.
struct TransportOptions: Sendable {
  var proxies: ProxySettings
  var certificateFile: String?
  /// Connections to one host.
  var connections: Int
  /// Seconds for name, connection and TLS together.
  var connectTimeout = 10
  /// Seconds without a byte in either direction. There is no limit on the whole exchange.
  var idleTimeout = 60
}

/// Seconds on a clock that never jumps.
enum Monotonic {
  private static let start = ContinuousClock.now

  static func seconds() -> Double {
    let elapsed = ContinuousClock.now - start
    return Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
  }
}
