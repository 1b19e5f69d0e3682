import HubAPI
import SpaceModel

/// Tells the lines that a new stream repeats from those that are new, by time and text.
///
/// A line without a time cannot be told apart and counts as new. Within one stream nothing repeats, so equal lines of one moment are
/// all kept.
struct LogReplay: Sendable {
  private var newest: Timestamp?
  private var textsOfNewest: Set<String> = []
  private var isReplaying = false

  /// A stream begins again from the start of the log.
  mutating func begin() { isReplaying = newest != nil }

  mutating func isNew(_ line: LogLine) -> Bool {
    guard let time = line.timestamp else { return true }
    if isReplaying, let newest {
      if time < newest || (time == newest && textsOfNewest.contains(line.text)) { return false }
      isReplaying = false
    }
    if newest.map({ time > $0 }) ?? true {
      newest = time
      textsOfNewest = []
    }
    if time == newest { textsOfNewest.insert(line.text) }
    return true
  }
}
