import Backlog
import SpaceModel

/// A schedule for programs: a stable format, members are added and never change their meaning (docs/tracker.md).
public enum ScheduleJSON {
  public static func text(_ scheduled: ScheduledBacklog) -> String { value(scheduled).prettyText }

  static func value(_ scheduled: ScheduledBacklog) -> JSONValue {
    let (backlog, schedule) = (scheduled.backlog, scheduled.schedule)
    return [
      "format_version": 1, "project": .string(backlog.project.key), "start": .string(schedule.start.description),
      "end": .string(schedule.end.description), "hours_per_day": .int(backlog.project.hoursPerDay),
      "total_minutes": .int(schedule.totalMinutes), "critical_minutes": .int(schedule.criticalMinutes),
      "critical_path": .array(schedule.criticalPath.map { .string(backlog.items[$0].id.value.description) }),
      "sprints": .array(
        schedule.sprints.map {
          ["number": .int($0.number), "start": .string($0.start.description), "end": .string($0.end.description)]
        }),
      "loads": .array(
        schedule.loads.map {
          ["role": .string($0.role), "people": .int($0.people), "minutes": .int($0.minutes), "percent": .int($0.percent)]
        }),
      "items": .array(backlog.items.indices.map { item($0, scheduled) }),
    ]
  }

  private static func item(_ index: Int, _ scheduled: ScheduledBacklog) -> JSONValue {
    let backlog = scheduled.backlog
    let item = backlog.items[index]
    func id(_ index: Int) -> JSONValue { .string(backlog.items[index].id.value.description) }
    var members: [String: JSONValue] = [
      "id": id(index), "type": .string(item.kind.rawValue), "summary": .string(item.summary.value),
      "parent": item.parent.map(id) ?? .null, "status": backlog.isDone(index) ? "done" : "open",
      "role": backlog.role(of: index).map(JSONValue.string) ?? .null,
      "estimate_minutes": backlog.estimate(of: index).map { .int($0.minutes) } ?? .null,
      "blocked_by": .array(item.blockedBy.map { .string($0.value.description) }), "start": .null, "end": .null,
    ]
    guard let entry = scheduled.schedule.entries[index] else { return .object(members) }
    members["start"] = .string(entry.start.description)
    members["end"] = .string(entry.end.description)
    members["start_minute"] = .int(entry.startMinute)
    members["end_minute"] = .int(entry.endMinute)
    members["person"] = entry.person.map(JSONValue.int) ?? .null
    members["sprint"] = .int(entry.sprint)
    members["slack_minutes"] = .int(entry.slack)
    members["team_slack_minutes"] = .int(entry.teamSlack)
    members["critical"] = .bool(entry.slack == 0)
    return .object(members)
  }
}
