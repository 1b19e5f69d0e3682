/// The log of a plugin: one JSON object a line on standard error, as Terraform's host reads and re-logs it.
public struct PluginLog: Sendable {
  public enum Level: Int, Comparable, Sendable {
    case trace, debug, info, warn, error

    public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }

    init?(_ text: String) {
      switch text.lowercased() {
      case "trace", "json": self = .trace
      case "debug": self = .debug
      case "info": self = .info
      case "warn": self = .warn
      case "error": self = .error
      default: return nil
      }
    }
  }

  /// The least level that is written; nil writes nothing.
  let threshold: Level?
  private let write: @Sendable (String) -> Void

  /// Logs what `TF_LOG_PROVIDER`, else `TF_LOG` ask for; as Terraform does, a level that it does not know means everything.
  public init(environment: [String: String], write: @escaping @Sendable (String) -> Void = PluginLog.toStandardError) {
    let wanted = [environment["TF_LOG_PROVIDER"], environment["TF_LOG"]].compactMap { $0 }.first { !$0.isEmpty }
    threshold = wanted.flatMap { $0.lowercased() == "off" ? nil : Level($0) ?? .trace }
    self.write = write
  }

  /// Writes a line; neither the text nor the fields are built when the level is not wanted.
  public func callAsFunction(
    _ level: Level, _ message: @autoclosure () -> String, _ fields: @autoclosure () -> [(String, String)] = []
  ) {
    guard let threshold, level >= threshold else { return }
    var line = "{\"@level\":\"\(level)\",\"@message\":\(Self.quoted(message())),\"@timestamp\":\"\(Self.timestamp())\""
    for (key, value) in fields() { line += ",\(Self.quoted(key)):\(Self.quoted(value))" }
    write(line + "}\n")
  }

  public static let toStandardError: @Sendable (String) -> Void = { StandardStream.write($0, to: 2) }

  private static func timestamp() -> String {
    let (seconds, microseconds) = WallClock.now()
    let time = CivilTime(seconds: seconds)
    let digits = String(microseconds)
    let fraction = String(repeating: "0", count: 6 - digits.count) + digits
    let date = [time.month, time.day].map(CivilTime.twoDigits).joined(separator: "-")
    let clock = [time.hour, time.minute, time.second].map(CivilTime.twoDigits).joined(separator: ":")
    return "\(time.year)-\(date)T\(clock).\(fraction)Z"
  }

  private static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case let control where control.value < 0x20:
        let hex = String(control.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
