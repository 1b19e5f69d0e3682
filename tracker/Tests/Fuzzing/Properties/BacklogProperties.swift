import Backlog
import Diagnostics
import Jira
import Markdown
import Platform
import ScheduleReports
import SpaceModel

/// What holds of a backlog, whatever its files hold: a project file and files of items, between lines of `=====`.
enum BacklogProperties {
  private static let project = """
    version: 1
    jira: { key: ACME, name: Acme }
    types: { epic: Epic, story: Story, task: Task, bug: Bug, subtask: Sub-task }
    workflow:
      name: Delivery
      statuses: [{ name: To Do, category: new }, { name: Done, category: done }]
      transitions: [{ name: Do, from: [To Do], to: Done }]
    priorities: [High, Low]
    links: { blocks: Blocks, relates: Relates }
    components: [{ name: Core, description: c }]
    versions: [{ name: 1.0.0, description: v }]
    team: [{ role: dev, description: d, people: 2, focus_percent: 80 }]
    hours_per_day: 8
    sprint_weeks: 2
    calendar: { start: 2027-01-04, holidays: [] }

    """

  static func broken(by input: [UInt8]) -> [String] {
    var files = input.split(separator: Array("=====\n".utf8), omittingEmptySubsequences: false).map(Array.init)
    if files.count == 1 { files.insert(Array(project.utf8), at: 0) }
    let source = BacklogSource(
      project: .init(name: "project.yaml", bytes: files[0]),
      backlog: files.dropFirst().enumerated().map { .init(name: "backlog/\($0.offset).yaml", bytes: $0.element) })
    var (backlog, findings) = BacklogReader.read(source)
    var broken: [String] = []
    if BacklogReader.read(source).findings != findings { broken.append("reading twice gives two results") }
    if let backlog {
      findings += BacklogChecks.findings(
        in: backlog, proofText: { _ in nil }, wikiLength: { ItemText.document(of: $0).blocks.count })
      if !findings.hasErrors { broken += results(of: backlog) }
    } else if !findings.hasErrors {
      broken.append("there is no backlog, and nothing wrong")
    }
    let names = Set([source.project.name] + source.backlog.map(\.name))
    for finding in findings {
      if !names.contains(finding.span.file) {
        broken.append("\(finding.rule) points into \(finding.span.file), which there is not")
      }
      if finding.span.start.line < 1 || finding.span.start.column < 1 { broken.append("\(finding.rule) has no place") }
      if finding.help?.isEmpty ?? true { broken.append("\(finding.rule) shows no way out") }
    }
    return broken
  }

  /// A backlog without an error has a schedule that waits for what it depends on, and every file is written twice as the same bytes.
  private static func results(of backlog: Backlog) -> [String] {
    guard let schedule = Scheduler.schedule(backlog) else { return ["a backlog without an error has no schedule"] }
    var broken: [String] = []
    for entry in schedule.entries.compactMap({ $0 }) where entry.startMinute > entry.endMinute || entry.start > entry.end {
      broken.append("an item ends before it begins")
    }
    do throws(Failure) {
      let scheduled = ScheduledBacklog(backlog, schedule)
      _ = (
        try GanttSVG.text(scheduled), try ScheduleHTML.text(scheduled), ScheduleCSV.text(scheduled),
        ScheduleJSON.text(scheduled)
      )
      let files = try exported(backlog)
      if try exported(backlog) != files { broken.append("two exports of one backlog differ") }
      let items = try? JSONDecoder().decode(JSONValue.self, from: Data(files["items.json"] ?? []))
      guard let items else { return broken + ["an export's items are no JSON"] }
      if try !ExportDifference(old: (items, "items.json"), new: (items, "items.json")).isEmpty {
        broken.append("an export differs from itself")
      }
    } catch {
      broken.append("a backlog without an error is not written: \(error)")
    }
    return broken
  }

  /// With the project import, in the ids of a site that knows all the names of the plain project; of others that is refused, with a way out.
  private static func exported(_ backlog: Backlog) throws(Failure) -> [String: [UInt8]] {
    let request = ExportRequest(sites: [.cloud, .datacenter], onlyOpen: false, ids: site, withProjectImport: true)
    guard let export = JiraExport(backlog, request) else { return [:] }
    var files: [String: [UInt8]] = [:]
    do throws(Failure) {
      try write(export, &files)
    } catch  where error.doing == "writing the project import" {
      guard let export = JiraExport(backlog, ExportRequest(sites: [.cloud, .datacenter], onlyOpen: false, ids: nil)) else {
        return [:]
      }
      files = [:]
      try write(export, &files)
    }
    return files
  }

  private static func write(_ export: JiraExport, _ files: inout [String: [UInt8]]) throws(Failure) {
    var made: [String: [UInt8]] = [:]
    try export.files { name, content throws(Failure) in
      var bytes: [UInt8] = []
      try content { bytes += $0 }
      made[name] = bytes
    }
    files = made
  }

  private static var site: SiteIDs {
    var site = SiteIDs()
    site.build = "900000"
    for (number, name) in ["Epic", "Story", "Task", "Bug", "Sub-task"].enumerated() { site.issueTypes[name] = "1000\(number)" }
    site.statuses = ["To Do": "1", "Done": "2"]
    site.priorities = ["High": "1", "Low": "2"]
    site.linkTypes = ["Blocks": "1", "Relates": "2", "jira_subtask_link": "3"]
    return site
  }
}
