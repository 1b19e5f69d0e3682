/// How long a Space on paid hardware may idle before the Hub puts it to sleep.
public enum SleepTime: Hashable, Sendable, CustomStringConvertible {
  /// Runs, and bills, for ever. On the wire: `-1`.
  case never
  /// Whole seconds, at least 1.
  case after(seconds: Int)

  /// Reads `30s`, `15m`, `1h`, `2d` or `never`; nil otherwise.
  public init?(_ text: String) {
    if text == "never" {
      self = .never
    } else if let seconds = TimeSpan(text)?.seconds, seconds > 0 {
      self = .after(seconds: seconds)
    } else {
      return nil
    }
  }

  /// What the Hub's `sleepTimeSeconds` and `seconds` take.
  public var wireSeconds: Int {
    switch self {
    case .never: -1
    case .after(let seconds): seconds
    }
  }

  /// Reads the runtime's `gcTimeout`. How "never" reads back is not documented (facts: hub-api section 10, question 8):
  /// `-1` is taken as never, and null or absent as not observed.
  public init?(gcTimeout: Int?) {
    guard let gcTimeout else { return nil }
    self = gcTimeout < 0 ? .never : .after(seconds: gcTimeout)
  }

  public var description: String {
    switch self {
    case .never: "never"
    case .after(let seconds): TimeSpan(seconds: seconds).description
    }
  }
}

/// A length of time as definitions write it: a whole number and one of `s`, `m`, `h`, `d`.
public struct TimeSpan: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let seconds: Int

  public static func < (left: TimeSpan, right: TimeSpan) -> Bool { left.seconds < right.seconds }

  public init(seconds: Int) { self.seconds = seconds }

  public init?(_ text: String) {
    guard let unit = text.last, let scale = TimeSpan.units[unit], text.count <= 12,
      let count = Int(text.dropLast()), count >= 0, text.first?.isNumber == true
    else { return nil }
    seconds = count * scale
  }

  /// The shortest whole form: `3600` is `1h`, `5400` is `90m`.
  public var description: String {
    for (unit, scale) in [("d", 86_400), ("h", 3600), ("m", 60)] where seconds > 0 && seconds % scale == 0 {
      return "\(seconds / scale)\(unit)"
    }
    return "\(seconds)s"
  }

  private static let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
}
