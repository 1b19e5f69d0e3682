import Platform

/// The process's own streams. Data goes to standard output, everything else to standard error.
public enum Terminal {
  public static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
  public static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }
  public static var inputIsTerminal: Bool { isatty(STDIN_FILENO) == 1 }

  /// How many characters a terminal shows.
  public struct Size: Sendable, Hashable {
    public var columns: Int
    public var rows: Int

    public init(columns: Int, rows: Int) {
      self.columns = columns
      self.rows = rows
    }
  }

  /// The size of the terminal behind standard error; 80 by 24 where that cannot be known.
  public static var size: Size {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return Size(columns: 80, rows: 24)
    }
    return Size(columns: Int(size.ws_col), rows: Int(size.ws_row))
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
