import Console
import HubAPI
import SpaceModel

/// A Space's log.
public enum LogText {
  /// One line each, as the app or the build wrote it; control characters are shown, not obeyed.
  public static func text(_ lines: [LogLine]) -> String {
    lines.map { Printable.text($0.text) + "\n" }.joined()
  }

  /// One line while a log is followed.
  public static func json(_ line: LogLine, of address: SpaceID, _ kind: LogKind) -> JSONValue {
    [
      "format_version": 1, "address": .string(address.description), "kind": .string(kind.rawValue),
      "timestamp": line.timestamp.map { .string($0.description) } ?? .null, "text": .string(line.text),
    ]
  }

  /// Why a followed log is over.
  public static func end(_ stage: Stage?, of address: SpaceID) -> String {
    stage.map { "\(address) is \(Printable.text($0.rawValue))." } ?? "\(address) has no stage any more."
  }

  public static func json(_ lines: [LogLine], of address: SpaceID, _ kind: LogKind) -> JSONValue {
    [
      "format_version": 1, "address": .string(address.description), "kind": .string(kind.rawValue),
      "lines": .array(
        lines.map { line in
          ["timestamp": line.timestamp.map { .string($0.description) } ?? .null, "text": .string(line.text)]
        }),
    ]
  }
}
