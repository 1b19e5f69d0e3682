import Platform

/// The process's own streams. Data goes to standard output, everything else to standard error.
public enum Terminal {
  public static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
  public static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }
  public static var inputIsTerminal: Bool { isatty(STDIN_FILENO) == 1 }

  /// Columns of the terminal behind standard error; 80 where that cannot be known.
  public static var width: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  public static func output(_ text: String) { _ = write(text, to: STDOUT_FILENO) }
  /// Data that goes on for as long as somebody reads.
  /// - Returns: false when nobody reads standard output any more.
  public static func follow(_ text: String) -> Bool { write(text, to: STDOUT_FILENO) }
  public static func error(_ text: String) { _ = write(text, to: STDERR_FILENO) }

  /// Asks on standard error and reads a line; nil at the end of input.
  public static func ask(_ question: String) -> String? {
    error(question)
    return readLine(strippingNewline: true)
  }

  // Past the buffers of stdio, so that nothing is lost when a signal ends the process. A closed pipe loses the rest, as it does
  // for every program in a pipeline.
  private static func write(_ text: String, to descriptor: Int32) -> Bool {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { writeDescriptor(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        bytes = bytes.dropFirst(count)
      } else if errno != EINTR && errno != EAGAIN {
        return false
      }
    }
    return true
  }
}
