#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The streams that the process was started with.
enum StandardStream {
  /// Writes all of the text, whatever the stream takes at once.
  static func write(_ text: String, to descriptor: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { systemWrite(descriptor, $0) }
      if written > 0 { rest = rest.dropFirst(written) } else if errno != EINTR { return }
    }
  }

  private static func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Darwin)
    Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #else
    Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }

  /// Sends what is printed from here on to standard error: after the handshake line nobody reads standard output.
  static func divertOutput() { _ = dup2(2, 1) }
}

/// The time of day.
enum WallClock {
  static func now() -> (seconds: Int, microseconds: Int) {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return (Int(time.tv_sec), Int(time.tv_nsec / 1_000))
  }
}

/// This process.
public enum ThisProcess {
  static var id: Int32 { getpid() }
  static func leave(_ status: Int32) -> Never { exit(status) }
  static func remove(_ path: String) { unlink(path) }

  /// The variables the process was started with.
  public static var environment: [String: String] {
    var values: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let pair = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if pair.count == 2 { values[String(pair[0])] = String(pair[1]) }
      entry += 1
    }
    return values
  }
}
