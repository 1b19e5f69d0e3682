import CtyCore
import ProviderKit
import SpaceModel

/// What a resource that is moved here from another type is about. The type may be any provider's, so that what it names is looked for under
/// the names that are common for it.
extension Addresses {
  /// The Space: the first attribute that holds an address, or `name` with its owner.
  static func space(of moved: ForeignState) throws(ProviderError) -> SpaceID {
    try refuseOurs(moved)
    let attributes = ["id", "space", "space_id", "repo_id", "full_name", "name"]
    for attribute in attributes {
      if let id = moved.text(attribute).flatMap({ SpaceID($0) }) { return id }
    }
    let owner = ["owner", "namespace", "author", "organization"].lazy.compactMap(moved.text).first
    if let owner, let name = moved.text("name"), let id = SpaceID(owner: owner, name: name) { return id }
    throw ProviderError(
      "\(moved.type) does not say which Space it is",
      detail:
        "None of its attributes \(attributes.joined(separator: ", ")) holds an address owner/name. Import the Space instead, and take the old resource out of the state with a `removed` block."
    )
  }

  /// The Space and the name of a variable or secret.
  static func key(of moved: ForeignState) throws(ProviderError) -> (space: SpaceID, key: String) {
    try refuseOurs(moved)
    if let id = moved.text("id"), let found = try? key(id) { return found }
    let space = try space(of: moved)
    guard let key = moved.text("key") ?? moved.text("name"), checkKey(.string(key)) == nil else {
      throw ProviderError(
        "\(moved.type) does not say which key of \(space) it is",
        detail: "Neither `key` nor `name` of it holds a name. Import the object instead.")
    }
    return (space, key)
  }

  /// A variable that became a secret would be forgotten, and stay on the Hub for everybody to read; so with the others.
  private static func refuseOurs(_ moved: ForeignState) throws(ProviderError) {
    guard moved.type.hasPrefix("huggingface_space") else { return }
    throw ProviderError(
      "\(moved.type) is something else", detail: "Remove the `moved` block: the one is then destroyed, and the other made.")
  }
}
