/// Turns minutes of work, counted from the beginning of the first day worked, into dates.
struct WorkDays {
  private let calendar: WorkCalendar
  private let minutesPerDay: Int
  private var dates: [CalendarDate] = []

  init(calendar: WorkCalendar, hoursPerDay: Int) {
    self.calendar = calendar
    minutesPerDay = hoursPerDay * 60
  }

  /// The day on which a minute of work lies.
  mutating func date(ofMinute minute: Int) -> CalendarDate { date(ofDay: minute / minutesPerDay) }

  /// The day on which work up to a minute ends.
  mutating func date(endingAt minute: Int) -> CalendarDate { date(ofDay: max(0, minute - 1) / minutesPerDay) }

  /// The first minute of work on a date or after it.
  mutating func minute(notBefore date: CalendarDate) -> Int {
    var day = 0
    while self.date(ofDay: day) < date { day += 1 }
    return day * minutesPerDay
  }

  private mutating func date(ofDay day: Int) -> CalendarDate {
    while dates.count <= day {
      var next = dates.last.map { $0 + 1 } ?? calendar.start
      // A calendar of holidays alone would have no next day; ten years without one are as good as none.
      var tried = 0
      while !calendar.isWorked(next), tried < 3660 {
        next = next + 1
        tried += 1
      }
      dates.append(next)
    }
    return dates[day]
  }
}
