@preconcurrency import Dispatch
import Locking
import Platform

/// SIGINT and SIGTERM for work that must not be cut off anywhere: the first one asks to stop, the second ends the process.
public final class Interruption: Sendable {
  private let first: Locked<Int32?>
  private let sources: [any DispatchSourceSignal]

  /// Takes the two signals over for as long as it lives.
  /// - Parameter notice: called at the first signal with its number.
  public init(notice: @escaping @Sendable (Int32) -> Void) {
    let first = Locked<Int32?>(nil)
    self.first = first
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        let isFirst = first.withLock { value in
          defer { value = value ?? number }
          return value == nil
        }
        if isFirst { notice(number) } else { _exit(128 + number) }
      }
      source.resume()
      return source
    }
  }

  deinit {
    for source in sources { source.cancel() }
    for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
  }

  public var isRaised: Bool { number != nil }
  /// The first signal that came.
  public var number: Int32? { first.withLock { $0 } }
}
