import SpaceModel
import State

/// What the intent of a create says beyond the address: the visibility that was declared, which lists cannot tell in full
/// (facts: hub-api section 10, question 3), so that whoever settles the create can record it.
enum CreationIntent {
  private static let visibility = "visibility"

  static func details(_ definition: SpaceDefinition) -> [String: JSONValue] {
    definition.visibility.map { [visibility: .string($0.rawValue)] } ?? [:]
  }

  fileprivate static func settings(_ intent: Intent) -> [String: JSONValue] {
    intent.details.filter { $0.key == visibility }
  }
}

extension LockRecord {
  /// The record of a Space that this create made: what it was born with where reading cannot show that.
  init(hubID: String, createdBy intent: Intent) {
    self.init(hubID: hubID)
    settings = CreationIntent.settings(intent)
  }
}
