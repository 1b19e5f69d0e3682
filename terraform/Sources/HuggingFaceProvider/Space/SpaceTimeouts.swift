import CtyCore
import ProviderKit
import SpaceModel

/// How long each kind of change may take.
enum SpaceTimeouts {
  static let attribute = Attribute(
    "timeouts",
    .nested(
      .single,
      [
        limit("create", "How long making the Space may take, waiting included."),
        limit("update", "How long changing it may take, waiting included."),
        limit("delete", "How long deleting it may take."),
      ]), .optional,
    "How long changes may take: 90s, 30m, 2h. Without it as long as they take, and `wait` says how long is waited.")

  /// The limit that is declared for a kind of change.
  static func limit(_ config: CtyValue, _ name: String) -> TimeSpan? {
    config["timeouts"][name].stringValue.flatMap { TimeSpan($0) }
  }

  private static func limit(_ name: String, _ description: String) -> Attribute {
    Attribute(name, .string, .optional, description).validated { value in
      let span = value.stringValue.flatMap { TimeSpan($0) }
      return span.map { $0.seconds > 0 } == true ? nil : "It is a length of time as 90s, 30m or 2h."
    }
  }
}
