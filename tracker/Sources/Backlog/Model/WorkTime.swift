/// Time of work: `3d`, `6h`, `1d 4h`, `30m`, `2w`. A day is as long as the project says, a week has five of them.
public struct WorkTime: Hashable, Sendable, Comparable {
  public var minutes: Int

  public init(minutes: Int) { self.minutes = minutes }

  /// - Returns: nil for anything else, for nothing, and for more than a hundred years.
  public init?(_ text: String, hoursPerDay: Int) {
    var minutes = 0
    var seen: Set<Character> = []
    let parts = text.split(separator: " ")
    guard !parts.isEmpty else { return nil }
    for part in parts {
      guard let unit = part.last, seen.insert(unit).inserted, part.dropLast().utf8.allSatisfy({ (48...57).contains($0) }),
        let count = Int(part.dropLast()), count <= 1_000_000
      else { return nil }
      switch unit {
      case "w": minutes += count * 5 * hoursPerDay * 60
      case "d": minutes += count * hoursPerDay * 60
      case "h": minutes += count * 60
      case "m": minutes += count
      default: return nil
      }
    }
    guard minutes <= 100 * 366 * 24 * 60 else { return nil }
    self.minutes = minutes
  }

  public var seconds: Int { minutes * 60 }

  /// As Jira writes it: `1d 4h`.
  public func text(hoursPerDay: Int) -> String {
    let day = hoursPerDay * 60
    let parts = [(minutes / day, "d"), (minutes % day / 60, "h"), (minutes % day % 60, "m")]
    let text = parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined(separator: " ")
    return text.isEmpty ? "0m" : text
  }

  public static func < (left: WorkTime, right: WorkTime) -> Bool { left.minutes < right.minutes }
  public static func + (left: WorkTime, right: WorkTime) -> WorkTime { WorkTime(minutes: left.minutes + right.minutes) }
}
