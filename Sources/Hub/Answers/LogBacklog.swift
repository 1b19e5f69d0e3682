import HTTP
import HubAPI
import SpaceModel

/// The end of a log as it is when it is asked for, told from what the Space writes meanwhile (facts hub-api section 2.12).
struct LogBacklog: Sendable {
  private let tail: Int
  private var kept: [LogLine] = []
  private var count = 0
  /// A line with a later time was written after the answer began; nil when the answer does not tell its time.
  private var end: Timestamp?

  init(tail: Int) { self.tail = tail }

  /// The newest lines, as many as were asked for.
  var lines: [LogLine] { Array(kept.suffix(tail)) }

  /// An answer begins: what an earlier one brought is forgotten.
  mutating func begin(_ head: HeaderFields) {
    kept = []
    count = 0
    end = head["date"].flatMap(HTTPDate.parse).map { $0.advanced(bySeconds: 1) }
  }

  mutating func take(_ lines: [LogLine]) -> HTTPRequest.Receiver.Progress {
    guard !lines.isEmpty else { return .nothing }
    for line in lines {
      if let end, let time = line.timestamp, time > end { return .complete }
      kept.append(line)
      count += 1
    }
    if kept.count > 2 * max(tail, 500) { kept.removeFirst(kept.count - tail) }
    return count >= tail ? .enough : .news
  }
}
