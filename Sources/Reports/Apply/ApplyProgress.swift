import Console
import Reconciler
import SpaceModel

/// What is under way in an apply, as text for a moment.
struct ApplyProgress: Sendable {
  struct Work: Sendable {
    var action: SpacePlan.Action
    /// What is done just now, or the stage that was seen last.
    var text: String?
    var since: Timestamp
  }

  var active: [SpaceID: Work] = [:]
  var finished = 0
  let total: Int
  /// Of the first Space that began.
  private(set) var began: Timestamp?

  init(total: Int) { self.total = total }

  mutating func start(_ space: SpaceID, _ action: SpacePlan.Action, at now: Timestamp) {
    began = began ?? now
    active[space] = Work(action: action, since: now)
  }

  mutating func finish(_ space: SpaceID) {
    active[space] = nil
    finished += 1
  }

  /// One line, for where lines cannot be drawn again; nil when nothing is under way.
  func line(at now: Timestamp) -> String? {
    guard !active.isEmpty else { return nil }
    let shown = longest.prefix(3).map { space, work in
      "\(space) \(work.text ?? work.action.rawValue) \(elapsed(work.since, now))"
    }
    let more = active.count > 3 ? " and \(active.count - 3) more" : ""
    return "\(finished) of \(total) done · \(shown.joined(separator: " · "))\(more)"
  }

  /// A line for each Space, as many as there is room for, and one for the whole; empty when nothing is under way.
  func block(at now: Timestamp, style: Style, columns: Int, rows: Int) -> [String] {
    guard !active.isEmpty, let began else { return [] }
    let shown = longest.prefix(max(1, min(rows - 3, active.count))).map { space, work in
      [space.description, work.action.rawValue, work.text ?? "", elapsed(work.since, now)]
    }
    let widths = (0..<3).map { column in shown.map { Columns.count($0[column]) }.max() ?? 0 }
    var lines = shown.map { cells in
      let padded = zip(cells, widths).map { Columns.padded($0, to: $1) }
      return Columns.cut("  " + (padded + [cells[3]]).joined(separator: "  "), to: columns)
    }
    let hidden = active.count - shown.count
    let more = hidden > 0 ? ", \(hidden) more under way" : ""
    let whole = Columns.cut("\(finished) of \(total) done\(more) · \(elapsed(began, now))", to: columns)
    lines.append(style.bold(whole))
    return lines
  }

  /// Those that take longest first, as somebody who waits would ask.
  private var longest: [(key: SpaceID, value: Work)] { active.sorted { ($0.value.since, $0.key) < ($1.value.since, $1.key) } }

  private func elapsed(_ since: Timestamp, _ now: Timestamp) -> String { Elapsed.text(Int(now.seconds(since: since))) }
}
