import Console
import HubAPI
import SpaceModel

/// A Space's log.
public enum LogText {
  /// One line each, as the app or the build wrote it; control characters are shown, not obeyed.
  public static func text(_ lines: [LogLine]) -> String {
    lines.map { Printable.text($0.text) + "\n" }.joined()
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
