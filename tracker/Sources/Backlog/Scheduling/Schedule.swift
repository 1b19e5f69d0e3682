/// When everything is worked on: by dependencies, by role and people, by calendar.
public struct Schedule: Sendable {
  /// By the index of the item; nil for what is delivered.
  public var entries: [Entry?]
  public var sprints: [Sprint]
  public var start: CalendarDate
  /// The last day of the last item; the start when nothing is left.
  public var end: CalendarDate
  /// Items from the first to the last whose dependencies alone decide the earliest end, without regard to how many people there
  /// are.
  public var criticalPath: [Int]
  /// Minutes of work along it.
  public var criticalMinutes: Int
  /// Minutes until the last item ends, with this team.
  public var totalMinutes: Int
  public var loads: [Load]

  public struct Entry: Hashable, Sendable {
    public var start: CalendarDate
    public var end: CalendarDate
    /// Minutes of work since the beginning, at the length of a day that `project.yaml` gives.
    public var startMinute: Int
    public var endMinute: Int
    /// Which one of the role's people, from 1; nil for what has parts.
    public var person: Int?
    /// From 1; the sprint in which it ends.
    public var sprint: Int
    /// How much later it may end, were there people enough, before the end of everything moves; minutes of work.
    public var slack: Int
    /// The same with the people there are, who work on one thing after the other.
    public var teamSlack: Int
  }

  public struct Sprint: Hashable, Sendable {
    /// From 1.
    public var number: Int
    public var start: CalendarDate
    public var end: CalendarDate

    public var label: String { "sprint-\(number < 10 ? "0" : "")\(number)" }
  }

  /// How much of a role's time until its last item is planned.
  public struct Load: Hashable, Sendable {
    public var role: String
    public var people: Int
    /// Minutes of work, at the role's own pace.
    public var minutes: Int
    /// Of all its people's minutes until everything ends; 0 to 100.
    public var percent: Int
  }

  public func isCritical(_ index: Int) -> Bool { entries[index]?.slack == 0 }
}
