import CLibXML2

/// libxml2 as this module uses it: set up at the first use, and silent.
enum LibXML2 {
  /// Sets the library up, once for the process; only a command that writes XML pays for it.
  static func start() { _ = isStarted }

  private static let isStarted: Bool = {
    xmlInitParser()
    return true
  }()

  /// Runs a call without libxml2's own words on standard error: what went wrong is said by the failure that is thrown. The
  /// library keeps the receiver of its messages for each thread, so that others are left as they are.
  static func silently<Result>(_ call: () -> Result) -> Result {
    xmlSetStructuredErrorFunc(nil, { _, _ in })
    defer { xmlSetStructuredErrorFunc(nil, nil) }
    return call()
  }
}
