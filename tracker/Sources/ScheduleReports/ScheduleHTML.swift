import Backlog
import Console
import Diagnostics
import XML

/// The chart and the list on one page that fetches nothing and runs nothing.
public enum ScheduleHTML {
  private static let style = """
    body { font-family: system-ui, sans-serif; margin: 2rem; color: #1c2430 } h1 { font-size: 1.4rem } h2 { font-size: 1.1rem }
    table { border-collapse: collapse; font-size: 0.85rem } th, td { text-align: left; padding: 0.2rem 0.7rem; border-bottom: 1px solid #d5dbe3 }
    .chart { overflow-x: auto } .late { color: #a33b26; font-weight: 600 }
    """

  public static func text(_ scheduled: ScheduledBacklog) throws(Failure) -> String {
    let (backlog, schedule) = (scheduled.backlog, scheduled.schedule)
    let xml = try XMLWriter()
    func element(_ name: String, _ text: String, className: String? = nil) throws(Failure) {
      let attributes = className.map { [(name: "class", value: $0)] } ?? []
      try xml.element(name, attributes) { () throws(Failure) in try xml.text(Printable.text(text)) }
    }
    let title = "Schedule: \(backlog.project.name)"
    try xml.element("html", [("lang", "en")]) { () throws(Failure) in
      try xml.element("head") { () throws(Failure) in
        try xml.element("meta", [("charset", "utf-8")])
        try xml.element("meta", [("name", "viewport"), ("content", "width=device-width, initial-scale=1")])
        try xml.element(
          "meta",
          [("http-equiv", "Content-Security-Policy"), ("content", "default-src 'none'; style-src 'unsafe-inline'")])
        try element("title", title)
        try xml.element("style") { () throws(Failure) in try xml.text(style + GanttChart.style) }
      }
      try xml.element("body") { () throws(Failure) in
        try element("h1", title)
        try element(
          "p",
          "\(schedule.start) to \(schedule.end) in \(schedule.sprints.count) sprints; \(scheduled.worked.count) items to do, "
            + "\(scheduled.doneCount) done. Dependencies alone need \(scheduled.time(schedule.criticalMinutes)) of working time, "
            + "this team needs \(scheduled.time(schedule.totalMinutes)).")
        try xml.element("div", [("class", "chart")]) { () throws(Failure) in
          try GanttChart(scheduled).write(to: xml, withStyle: false)
        }
        try element("h2", "Critical path")
        if schedule.criticalPath.isEmpty {
          try element("p", "Nothing is left to do.")
        } else {
          try xml.element("ol") { () throws(Failure) in
            for index in schedule.criticalPath {
              let item = backlog.items[index]
              try element("li", "\(item.id.value) \(item.summary.value)")
            }
          }
        }
        try element("h2", "Items")
        try xml.element("table") { () throws(Failure) in
          try xml.element("tr") { () throws(Failure) in
            for head in ["Id", "Summary", "Role", "Start", "End", "Sprint", "Slack"] { try element("th", head) }
          }
          for index in scheduled.worked {
            guard let entry = schedule.entries[index] else { continue }
            let item = backlog.items[index]
            try xml.element("tr") { () throws(Failure) in
              for cell in [
                item.id.value.description, item.summary.value, backlog.role(of: index) ?? "", entry.start.description,
                entry.end.description, String(entry.sprint),
              ] {
                try element("td", cell)
              }
              if entry.slack == 0 {
                try element("td", "critical", className: "late")
              } else {
                try element("td", scheduled.time(entry.slack))
              }
            }
          }
        }
      }
    }
    let document = try xml.finish()
    // HTML has no XML declaration; the document type keeps browsers out of their mode for old pages.
    let root = document.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    return "<!DOCTYPE html>\n" + (root.count > 1 ? String(root[1]) : document)
  }
}
