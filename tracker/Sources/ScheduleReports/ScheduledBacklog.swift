import Backlog

/// A backlog with its schedule: what every report is made from.
public struct ScheduledBacklog: Sendable {
  public let backlog: Backlog
  public let schedule: Schedule

  public init(_ backlog: Backlog, _ schedule: Schedule) {
    self.backlog = backlog
    self.schedule = schedule
  }

  /// Minutes of work as days and hours.
  func time(_ minutes: Int) -> String { WorkTime(minutes: minutes).text(hoursPerDay: backlog.project.hoursPerDay) }

  /// What is worked on: items without parts, in the order they begin.
  var worked: [Int] {
    backlog.items.indices.filter { backlog.items[$0].children.isEmpty && schedule.entries[$0]?.person != nil }
      .sorted { left, right in order(left) < order(right) }
  }

  private func order(_ index: Int) -> (Int, Int, Int) {
    let entry = schedule.entries[index]
    return (entry?.startMinute ?? 0, entry?.endMinute ?? 0, backlog.items[index].id.value.number)
  }

  var doneCount: Int { backlog.items.indices.count { backlog.items[$0].children.isEmpty && backlog.isDone($0) } }
}
