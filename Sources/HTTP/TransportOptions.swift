/// What the transport needs to know of the machine it runs on.
package struct TransportOptions: Sendable {
  package var proxies: ProxySettings
  package var certificateFile: String?
  /// Connections to one host.
  package var connections: Int
  /// Seconds for name, connection and TLS together.
  package var connectTimeout = 10
  /// Seconds without a byte in either direction.
  package var idleTimeout = 60
  /// Seconds without a byte after which an event stream counts as ended (as long as the official client waits; facts hub-api section 2.12).
  package var streamIdleTimeout = 120
  /// Seconds for a whole exchange that moves no file: a server that sends a byte now and then is not waited for for ever.
  package var callTimeout = 300
  /// Bytes of an answer that is not a file's content. The largest of the Hub's interface, a page of a thousand Spaces, has about one
  /// mebibyte.
  package var largestAnswer = 64 << 20

  package init(proxies: ProxySettings, certificateFile: String?, connections: Int) {
    self.proxies = proxies
    self.certificateFile = certificateFile
    self.connections = connections
  }
}

/// Seconds on a clock that never jumps.
package enum Monotonic {
  private static let start = ContinuousClock.now

  package static func seconds() -> Double {
    let elapsed = ContinuousClock.now - start
    return Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
  }
}
