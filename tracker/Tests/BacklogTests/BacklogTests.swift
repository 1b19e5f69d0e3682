import Diagnostics
import Testing

@testable import Backlog

/// A project of one engineer who works five days of eight hours, from Monday 2027-01-11.
enum Sample {
  static let project = """
    version: 1
    jira: { key: ACME, name: Acme }
    workflow:
      name: Simple
      statuses: [{ name: To Do, category: new }, { name: Done, category: done }]
      transitions: [{ name: Finish, to: Done }]
    priorities: [High, Medium, Low]
    team: [{ role: engineer, people: 1 }, { role: writer, people: 2, focus_percent: 50 }]
    calendar: { start: 2027-01-11, holidays: [{ date: 2027-01-13, name: Acme day }] }
    """

  static func read(_ items: String, project: String = project) -> (backlog: Backlog?, findings: [Finding]) {
    BacklogReader.read(
      BacklogSource(
        project: .init(name: "project.yaml", bytes: Array(project.utf8)),
        backlog: [.init(name: "items.yaml", bytes: Array("version: 1\nitems:\n\(items)".utf8))]))
  }

  static func findings(_ items: String, project: String = project) -> [Finding] {
    let (backlog, reading) = read(items, project: project)
    guard let backlog else { return reading }
    return reading + BacklogChecks.findings(in: backlog, proofText: { _ in nil }) { _ in 0 }
  }

  /// An epic around stories, each given as id, estimate and what follows.
  static func epic(_ stories: [(id: String, estimate: String, more: String)]) -> String {
    "- { id: A-1, type: epic, summary: Epic, children: ["
      + stories.map {
        "{ id: \($0.id), type: story, summary: S, acceptance: x, role: engineer, estimate: \($0.estimate)\($0.more) }"
      }.joined(separator: ", ") + "] }"
  }
}

@Suite("A schedule")
struct ScheduleTests {
  private func entries(_ items: String) throws -> [Schedule.Entry?] {
    let backlog = try #require(Sample.read(items).backlog)
    return try #require(Scheduler.schedule(backlog)).entries
  }

  @Test("leaves out weekends and holidays, and gives one person one thing at a time")
  func calendar() throws {
    let items = Sample.epic([("A-2", "2d", ""), ("A-3", "2d", "")])
    let entries = try entries(items)
    #expect(entries[1]?.start.description == "2027-01-11")
    #expect(entries[1]?.end.description == "2027-01-12")
    #expect(entries[2]?.start.description == "2027-01-14")
    #expect(entries[2]?.end.description == "2027-01-15")
    #expect(entries[0]?.start.description == "2027-01-11")
    #expect(entries[0]?.end.description == "2027-01-15")
  }

  @Test("waits for dependencies, and knows what is critical")
  func dependencies() throws {
    let items = Sample.epic([("A-2", "1d", ", blocked_by: [A-3]"), ("A-3", "4h", ""), ("A-4", "4h", ", role: writer")])
      .replacing("role: engineer, estimate: 4h, role: writer", with: "role: writer, estimate: 4h")
    let backlog = try #require(Sample.read(items).backlog)
    let schedule = try #require(Scheduler.schedule(backlog))
    #expect(schedule.criticalPath.map { backlog.items[$0].id.value.description } == ["A-3", "A-2"])
    #expect(schedule.criticalMinutes == 720)
    #expect(schedule.entries[1]?.startMinute == 240)
    #expect(schedule.entries[1]?.slack == 0)
    // Half of a writer's day is planned, so four hours are a day of the calendar.
    #expect(schedule.entries[3]?.endMinute == 480)
    #expect(schedule.entries[3]?.slack == 240)
  }

  @Test("takes no time for what is delivered")
  func delivered() throws {
    let entries = try entries(Sample.epic([("A-2", "9d", ", status: done"), ("A-3", "1d", ", blocked_by: [A-2]")]))
    #expect(entries[1] == nil)
    #expect(entries[2]?.start.description == "2027-01-11")
  }

  @Test("waits for nothing through what is delivered")
  func throughDelivered() throws {
    let stories = [
      ("A-2", "4d", ""), ("A-3", "1d", ", status: done, blocked_by: [A-2]"), ("A-4", "1d", ", role: writer, blocked_by: [A-3]"),
    ]
    let items = Sample.epic(stories).replacing("role: engineer, estimate: 1d, role: writer", with: "role: writer, estimate: 1d")
    let entries = try entries(items)
    #expect(entries[3]?.startMinute == 0)
    #expect(entries[1]?.slack == 0)
  }

  @Test("begins nothing before its first day")
  func notBefore() throws {
    #expect(try entries(Sample.epic([("A-2", "1d", ", not_before: 2027-02-02")]))[1]?.start.description == "2027-02-02")
  }

  @Test("of twenty thousand items in a row is no reason to run out of stack")
  func chain() throws {
    let stories = (2...20_001).map { ("A-\($0)", "1h", $0 > 2 ? ", blocked_by: [A-\($0 - 1)]" : "") }
    let backlog = try #require(Sample.read(Sample.epic(stories)).backlog)
    #expect(backlog.items.count == 20_001)
    #expect(Scheduler.schedule(backlog)?.criticalPath.count == 20_000)
  }
}

@Suite("What is found wrong")
struct FindingTests {
  @Test("has the place of the word that is wrong")
  func places() throws {
    let items =
      "- id: A-1\n  type: epic\n  summary: E\n  children:\n    - { id: A-2, type: story, summary: S, blocked_by: [A-9] }"
    let finding = try #require(Sample.findings(items).first { $0.rule == "ST006" })
    #expect(finding.span.file == "items.yaml")
    #expect(finding.span.start == Position(line: 7, column: 56))
    #expect(finding.span.end == Position(line: 7, column: 59))
    #expect(finding.message == "there is no item A-9")
  }

  @Test("names all that wait for each other, in a circle")
  func cycle() throws {
    let items = Sample.epic([
      ("A-2", "1d", ", blocked_by: [A-4]"), ("A-3", "1d", ", blocked_by: [A-2]"), ("A-4", "1d", ", blocked_by: [A-3]"),
    ])
    let finding = try #require(Sample.findings(items).first { $0.rule == "ST007" })
    #expect(finding.message == "items wait for each other: A-4 → A-3 → A-2 → A-4")
  }

  @Test("is nothing in a sound backlog")
  func sound() { #expect(Sample.findings(Sample.epic([("A-2", "1d 4h", "")])) == []) }

  @Test("suggests the nearest key")
  func suggestion() throws {
    let finding = try #require(Sample.findings("- { id: A-1, type: epic, sumary: E, summary: E }").first { $0.rule == "ST002" })
    #expect(finding.help == "Did you mean `summary`?")
  }

  @Test("every rule has a sentence of its own")
  func rules() {
    let rules = BacklogRule.allCases
    #expect(Set(rules.map(\.id)).count == rules.count)
    #expect(Set(rules.map(\.summary)).count == rules.count)
    #expect(rules.map(\.id) == rules.indices.map { "ST0\($0 < 9 ? "0" : "")\($0 + 1)" })
  }
}

@Suite("Values")
struct ValueTests {
  @Test("a date is one of the calendar, and comes back as it was written")
  func dates() {
    for day in stride(from: -200_000, through: 200_000, by: 37) {
      let date = CalendarDate(day: day)
      #expect(CalendarDate(date.description) == date)
    }
    #expect(CalendarDate("1970-01-01")?.day == 0)
    #expect(CalendarDate("2027-01-11")?.weekday == .mon)
    #expect(CalendarDate("2028-02-29") != nil)
    for text in ["2027-02-29", "2027-13-01", "2027-1-1", "27-01-01", "2027-01-00", "x", "2027-01-011"] {
      #expect(CalendarDate(text) == nil, "\(text)")
    }
  }

  @Test("time of work is weeks, days, hours and minutes, each once")
  func times() {
    #expect(WorkTime("1w 2d 3h 4m", hoursPerDay: 8)?.minutes == (5 * 8 + 2 * 8 + 3) * 60 + 4)
    #expect(WorkTime(minutes: 750).text(hoursPerDay: 8) == "1d 4h 30m")
    for text in ["", "3", "3 days", "1.5d", "-1d", "1d 1d", "d", "9999999999999999999d", "1000000w"] {
      #expect(WorkTime(text, hoursPerDay: 8) == nil, "\(text)")
    }
  }

  @Test("an id is letters, a dash and a number")
  func ids() {
    #expect(ItemID("PB-0101")?.number == 101)
    for text in ["PB", "PB-", "-1", "pb-1", "PB-1-2", "PB-1234567890", "P B-1", "PB-١"] {
      #expect(ItemID(text) == nil, "\(text)")
    }
  }
}
