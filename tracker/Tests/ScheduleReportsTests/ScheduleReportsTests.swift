import Backlog
import Console
import Diagnostics
import Testing
import XML

@testable import ScheduleReports

@Suite("A schedule's reports")
struct ScheduleReportsTests {
  static let project = """
    version: 1
    jira: { key: ACME, name: "Acme <&> plan" }
    workflow: { name: W, statuses: [{ name: Done, category: done }] }
    priorities: [High]
    team: [{ role: engineer }]
    calendar: { start: 2027-01-11 }
    """
  static let items = """
    version: 1
    items:
      - id: A-1
        type: epic
        summary: "=Epic <b>"
        children:
          - { id: A-2, type: story, summary: "one \\u202E two", role: engineer, estimate: 1d, acceptance: x }
          - { id: A-3, type: story, summary: three, role: engineer, estimate: 2d, acceptance: x, blocked_by: [A-2] }
    """

  private func scheduled() throws -> ScheduledBacklog {
    let source = BacklogSource(
      project: .init(name: "project.yaml", bytes: Array(ScheduleReportsTests.project.utf8)),
      backlog: [.init(name: "items.yaml", bytes: Array(ScheduleReportsTests.items.utf8))])
    let backlog = try #require(BacklogReader.read(source).backlog)
    return ScheduledBacklog(backlog, try #require(Scheduler.schedule(backlog)))
  }

  @Test("as text show the sprint, the dates and the critical path, and obey no control character")
  func text() throws {
    let text = ScheduleText.text(try scheduled(), style: .plain)
    #expect(text.contains("2027-01-11 – 2027-01-11  A-2  one \\u{202e} two  [engineer 1]  critical"))
    #expect(text.contains("Sprint 1  2027-01-11 to 2027-01-24"))
    #expect(!text.unicodeScalars.contains("\u{202E}"))
  }

  @Test("as CSV hold no formula")
  func csv() throws {
    let rows = ScheduleCSV.text(try scheduled()).split(separator: "\r\n")
    #expect(rows.count == 4)
    #expect(rows[1].hasPrefix("\"A-1\",\"epic\",\"'=Epic <b>\""))
    #expect(rows[3].contains("\"2027-01-12\",\"2027-01-13\",\"1\",\"0\",\"0\",\"yes\",\"A-2\",\"open\""))
  }

  @Test("as a picture are well-formed, with a bar and a tip for every item and a line for every dependency")
  func svg() throws {
    let svg = try GanttSVG.text(try scheduled())
    let root = try XMLReader.root(of: Array(svg.utf8), name: "chart.svg")
    let bars = root.all("rect").filter { $0["title"] != nil }
    #expect(bars.count == 3)
    #expect(bars[0]["title"]?.text == "A-1 =Epic <b>: 2027-01-11 to 2027-01-13")
    #expect(root.all("path").count == 1)
  }

  @Test("as a page are XML too, and name nothing outside of it")
  func page() throws {
    let page = try ScheduleHTML.text(try scheduled())
    let root = try XMLReader.root(of: Array(page.dropFirst("<!DOCTYPE html>\n".count).utf8), name: "page.html")
    #expect(root["body"]?["h1"]?.text == "Schedule: Acme <&> plan")
    #expect(!page.contains("href="))
  }
}
