import CtyCore
import ProviderKit
import SpaceModel

/// Where a configuration puts its Space.
enum SpaceAddress {
  /// Owner and name as they are written; a part is nil while it is not known, or not said.
  static func parts(_ config: CtyValue, defaultOwner: String?) -> (owner: String?, name: String?) {
    let written = config["name"].stringValue
    if let written, let slash = written.firstIndex(of: "/") {
      return (String(written[..<slash]), String(written[written.index(after: slash)...]))
    }
    let owner = config["owner"]
    return (owner.stringValue ?? (owner.isNull ? defaultOwner : nil), written)
  }

  /// The address; nil while it is not known.
  static func known(_ config: CtyValue, defaultOwner: String?) throws(ProviderError) -> SpaceID? {
    let (owner, name) = parts(config, defaultOwner: defaultOwner)
    guard let name else { return nil }
    guard let owner else {
      if config["owner"].isUnknown { return nil }
      throw ProviderError(
        "The Space has no owner", detail: "Write `name` as owner/name, set `owner`, or set `default_owner` of the provider.",
        path: .attribute("name"))
    }
    guard let id = SpaceID(owner: owner, name: name) else {
      throw ProviderError(
        "This is not the address of a Space", detail: Addresses.checkSpace(.string("\(owner)/\(name)")) ?? "",
        path: .attribute("name"))
    }
    return id
  }

  /// What is wrong with how the owner is said.
  static func conflict(_ config: CtyValue) -> Diagnostic? {
    guard let name = config["name"].stringValue, name.contains("/"), let owner = config["owner"].stringValue,
      !name.hasPrefix(owner + "/")
    else { return nil }
    return .error(
      "The Space has two owners", detail: "`name` says \(name), and `owner` says \(owner). Leave one of the two out.",
      path: .attribute("owner"))
  }

  /// `name` and `owner` for another address, in the form they have now.
  static func written(_ id: SpaceID, like name: CtyValue) -> CtyValue {
    .string(name.stringValue?.contains("/") == true ? id.description : id.name)
  }
}
