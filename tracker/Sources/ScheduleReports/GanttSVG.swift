import Diagnostics
import XML

/// The chart as a file that every browser and every page shows.
public enum GanttSVG {
  public static func text(_ scheduled: ScheduledBacklog) throws(Failure) -> String {
    let xml = try XMLWriter()
    try GanttChart(scheduled).write(to: xml, withStyle: true)
    return try xml.finish()
  }
}
