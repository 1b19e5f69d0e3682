import CtyCore
import ProviderKit
import SpaceModel

/// The id of a variable or a secret, known as soon as the Space and the key are.
enum KeyIdentity {
  static func refine(_ plan: inout ResourcePlan) { plan.planned = identified(plan.planned) }

  static func identified(_ value: CtyValue) -> CtyValue {
    guard let space = value["space"].stringValue, let key = value["key"].stringValue else { return value }
    var identified = value
    identified["id"] = .string("\(space)/\(key)")
    return identified
  }

  /// The least by which a variable or secret is found.
  static func found(_ key: String, of space: SpaceID) -> CtyValue {
    identified(.fields(["space": .string(space.description), "key": .string(key)]))
  }
}
