import CtyCore
import ProviderKit
import SpaceModel

/// Spaces as configuration names them.
enum Addresses {
  static let spaceRule = "The Space's address, `owner/name`."

  /// What is wrong with a Space's address; nil when nothing is.
  static let checkSpace: @Sendable (CtyValue) -> String? = { value in
    guard let text = value.stringValue, SpaceID(text) == nil else { return nil }
    return
      "\(text.debugDescription) is not the address of a Space. It is written owner/name: letters, digits, `.`, `_` and `-`."
  }

  static func space(_ value: CtyValue, at path: CtyPath) throws(ProviderError) -> SpaceID {
    guard let id = value.stringValue.flatMap({ SpaceID($0) }) else {
      throw ProviderError("This is not the address of a Space", detail: checkSpace(value) ?? "", path: path)
    }
    return id
  }

  /// What is wrong with the name of a variable or a secret.
  static let checkKey: @Sendable (CtyValue) -> String? = { value in
    guard let text = value.stringValue else { return nil }
    let isName =
      text.utf8.first.map { !(0x30...0x39).contains($0) } ?? false
      && text.utf8.allSatisfy { $0 == 0x5f || (0x30...0x39).contains($0) || (0x41...0x5a).contains($0 & 0xdf) }
    return isName
      ? nil : "\(text.debugDescription) is not a name. It is made of letters, digits and `_`, and begins with no digit."
  }

  /// The Space and the key of an import id `owner/name/KEY`.
  static func key(_ id: String) throws(ProviderError) -> (space: SpaceID, key: String) {
    let parts = id.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3, let space = SpaceID(parts[0] + "/" + parts[1]), checkKey(.string(String(parts[2]))) == nil else {
      throw ProviderError("\(id.debugDescription) is no import id", detail: "It is written owner/name/KEY.")
    }
    return (space, String(parts[2]))
  }
}
