/// Which days are worked.
public struct WorkCalendar: Hashable, Sendable {
  /// The day the project begins.
  public var start: CalendarDate
  public var workingDays: Set<Weekday>
  /// Dates nobody works, with their names.
  public var holidays: [CalendarDate: String]

  public init(start: CalendarDate, workingDays: Set<Weekday>, holidays: [CalendarDate: String]) {
    self.start = start
    self.workingDays = workingDays
    self.holidays = holidays
  }

  public func isWorked(_ date: CalendarDate) -> Bool {
    workingDays.contains(date.weekday) && holidays[date] == nil
  }

  /// Why nobody works that day; nil when somebody does.
  public func reasonOff(_ date: CalendarDate) -> String? {
    if let name = holidays[date] { return name }
    return workingDays.contains(date.weekday) ? nil : "not a working day of the week"
  }
}
