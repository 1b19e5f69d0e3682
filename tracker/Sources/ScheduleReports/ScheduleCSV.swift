import Backlog

/// A schedule for a spreadsheet: RFC 4180, every cell in quotes; a cell that a spreadsheet would take for a formula begins with an
/// apostrophe.
public enum ScheduleCSV {
  private static let header = [
    "Id", "Type", "Summary", "Parent", "Role", "Person", "Estimate hours", "Start", "End", "Sprint", "Slack hours",
    "Team slack hours", "Critical", "Blocked by", "Status",
  ]

  public static func text(_ scheduled: ScheduledBacklog) -> String {
    let backlog = scheduled.backlog
    var text = row(header)
    for (index, item) in backlog.items.enumerated() {
      let entry = scheduled.schedule.entries[index]
      text += row([
        item.id.value.description, item.kind.rawValue, item.summary.value,
        item.parent.map { backlog.items[$0].id.value.description } ?? "", backlog.role(of: index) ?? "",
        entry?.person.map(String.init) ?? "", backlog.estimate(of: index).map { hours($0.minutes) } ?? "",
        entry?.start.description ?? "", entry?.end.description ?? "", entry.map { String($0.sprint) } ?? "",
        entry.map { hours($0.slack) } ?? "", entry.map { hours($0.teamSlack) } ?? "",
        entry.map { $0.slack == 0 ? "yes" : "no" } ?? "",
        item.blockedBy.map(\.value.description).joined(separator: " "), backlog.isDone(index) ? "done" : "open",
      ])
    }
    return text
  }

  private static func hours(_ minutes: Int) -> String {
    let hundredths = (minutes * 100 + 30) / 60
    let rest = hundredths % 100
    return rest == 0 ? "\(hundredths / 100)" : "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  private static func row(_ cells: [String]) -> String {
    cells.map { cell in
      let isFormula = cell.unicodeScalars.first.map { ["=", "+", "-", "@", "\t", "\r"].contains($0) } ?? false
      return "\"" + (isFormula ? "'" : "")
        + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
        + "\""
    }.joined(separator: ",") + "\r\n"
  }
}
