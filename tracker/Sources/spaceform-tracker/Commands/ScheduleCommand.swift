import ArgumentParser
import Backlog
import Console
import Diagnostics
import Reports
import ScheduleReports

/// `spaceform-tracker schedule`: when everything is worked on.
struct ScheduleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule",
    abstract: "Compute start and end dates, sprints, the critical path and slack.",
    discussion: """
      From the calendar, the team and the dependencies: who is free takes what is ready, and of that what has most work behind it.
      Delivered items take no time. Slack is how much later an item may end before the end of everything moves.

      EXAMPLES
        spaceform-tracker schedule
        spaceform-tracker schedule --start 2027-02-01 --format svg > plan.svg
      """)

  @OptionGroup var options: TrackerOptions

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case human, json, csv, svg, html
  }

  @Option(help: "Form of the output on standard output.")
  var format: Format = .human

  @Option(help: ArgumentHelp("Begin on this date instead of the project's.", valueName: "date"))
  var start: String?

  func validate() throws {
    if let start, CalendarDate(start) == nil { throw ValidationError("--start is a date, as 2027-01-11.") }
  }

  func run() throws {
    var backlog = try TrackerFolder(options.directory).read()
    if let date = start.flatMap({ CalendarDate($0) }) { backlog.project.calendar.start = date }
    guard let schedule = Scheduler.schedule(backlog) else {
      throw Failure(
        doing: "scheduling the backlog", problem: "items wait for each other", help: "Run `spaceform-tracker check`.",
        status: .findings)
    }
    let scheduled = ScheduledBacklog(backlog, schedule)
    switch format {
    case .human: Terminal.output(ScheduleText.text(scheduled, style: options.outputStyle))
    case .json: Terminal.output(ScheduleJSON.text(scheduled))
    case .csv: Terminal.output(ScheduleCSV.text(scheduled))
    case .svg: Terminal.output(try GanttSVG.text(scheduled))
    case .html: Terminal.output(try ScheduleHTML.text(scheduled))
    }
  }
}
