import Backlog
import Console

/// A schedule for a person at a terminal.
public enum ScheduleText {
  public static func text(_ scheduled: ScheduledBacklog, style: Style) -> String {
    let (backlog, schedule) = (scheduled.backlog, scheduled.schedule)
    let worked = scheduled.worked
    var text = "\(style.bold(backlog.project.name)): \(worked.count) items to do, \(scheduled.doneCount) done\n"
    text += "\(schedule.start) to \(schedule.end), \(schedule.sprints.count) sprints, \(scheduled.time(schedule.totalMinutes))"
    text += " of working time; dependencies alone need \(scheduled.time(schedule.criticalMinutes))\n"
    for sprint in schedule.sprints {
      let items = worked.filter { schedule.entries[$0]?.sprint == sprint.number }
      guard !items.isEmpty else { continue }
      text += "\n\(style.bold("Sprint \(sprint.number)"))  \(sprint.start) to \(sprint.end)\n"
      for index in items { text += line(index, scheduled, style) }
    }
    text += "\n\(style.bold("Critical path"))\n"
    for index in schedule.criticalPath {
      let item = backlog.items[index]
      text += "  \(item.id.value)  \(Printable.text(item.summary.value))\n"
    }
    text += "\n\(style.bold("Load"))\n"
    for load in schedule.loads {
      text +=
        "  \(load.role): \(scheduled.time(load.minutes)) of work for \(load.people == 1 ? "1 person" : "\(load.people) people")"
      text += ", \(load.percent)% of their time until the end\n"
    }
    return text
  }

  private static func line(_ index: Int, _ scheduled: ScheduledBacklog, _ style: Style) -> String {
    guard let entry = scheduled.schedule.entries[index] else { return "" }
    let item = scheduled.backlog.items[index]
    let role = scheduled.backlog.role(of: index) ?? ""
    let mark = entry.slack == 0 ? style.yellow("critical") : "slack \(scheduled.time(entry.slack))"
    return "  \(entry.start) – \(entry.end)  \(item.id.value)  \(Printable.text(item.summary.value))"
      + style.dim("  [\(role) \(entry.person ?? 1)]") + "  \(mark)\n"
  }
}
