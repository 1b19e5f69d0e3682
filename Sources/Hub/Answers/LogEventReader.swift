import HubAPI
import Locking
import Platform

/// Cuts a log stream into lines while it comes, in pieces of any size.
///
/// Called on the transport's thread, one stream at a time.
final class LogEventReader: Sendable {
  /// Bytes of one event; a longer one is dropped, so that a stream without line ends cannot fill the memory.
  static let longestEvent = 1 << 20

  private struct State: Sendable {
    var rest = Data()
    var isSkipping = false
  }

  private let state = Locked(State())

  /// A stream begins: what is left of the one before is forgotten.
  func begin() { state.withLock { $0 = State() } }

  /// The lines that are complete with these bytes. Keep-alives give none.
  func take(_ bytes: Data) -> [LogLine] {
    state.withLock { state in
      var complete = Data()
      var bytes = bytes
      if let end = bytes.lastIndex(of: UInt8(ascii: "\n")) {
        if state.isSkipping {
          let first = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? end
          bytes = bytes[bytes.index(after: first)...]
          state.isSkipping = false
        }
        complete = state.rest
        if let last = bytes.lastIndex(of: UInt8(ascii: "\n")) {
          complete += bytes[...last]
          state.rest = Data(bytes[bytes.index(after: last)...])
        } else {
          state.rest = Data(bytes)
        }
      } else if !state.isSkipping {
        state.rest += bytes
      }
      if state.rest.count > Self.longestEvent {
        state.rest = Data()
        state.isSkipping = true
      }
      return LogEvents.parse(complete)
    }
  }
}
