import SpaceModel
import YAML

/// A Space's card as it will be: the definition's members, and under them what its source's README says.
struct Card: Sendable {
  /// One member, under the Hub's key name.
  struct Member: Sendable {
    enum Origin: Sendable { case definition, readme }

    let hubName: String
    /// As the file spells it: `color_from` and `extra.key` in a definition, `colorFrom` in a README.
    let written: String
    let origin: Origin
    /// Whether it stands in `card.extra`.
    var isExtra = false
    /// With the places of all that is inside it.
    let value: Layered

    var place: Place { value.place }
    var node: YAMLNode { value.node }
    var json: JSONValue { value.json }

    /// Whether there is nothing after the key, which is as good as no key.
    var isNull: Bool { json == .null }
    /// The text; nil for what is none, or empty.
    var text: Placed<String>? { value.text }
    /// The texts of a list, each with its own place.
    var texts: [Placed<String>] { (value.node.elements ?? []).compactMap { value.element($0).text } }
    /// A whole number; in a README also one written as text.
    var count: Int? { json.intValue ?? (origin == .readme ? json.stringValue.flatMap { Int($0) } : nil) }
    /// Another key as whoever wrote this one would write it.
    func spelled(_ hubName: String) -> String { origin == .readme ? hubName : CardKeys.ownName(of: hubName) ?? hubName }
  }

  /// The definition's own, in its order. A key that stands in `card` and in `card.extra` is there twice.
  let declared: [Member]
  /// The README's, in its order.
  let readme: [Member]
  /// Where each key's first member stands, the definition's before the README's.
  private let index: [String: Int]

  init(declared: [Member] = [], readme: [Member] = []) {
    self.declared = declared
    self.readme = readme
    var index: [String: Int] = [:]
    index.reserveCapacity(declared.count + readme.count)
    for (place, member) in declared.enumerated() where index[member.hubName] == nil { index[member.hubName] = place }
    for (place, member) in readme.enumerated() where index[member.hubName] == nil {
      index[member.hubName] = declared.count + place
    }
    self.index = index
  }

  /// What the Hub will read under a key; nil when neither says it.
  subscript(hubName: String) -> Member? {
    index[hubName].map { $0 < declared.count ? declared[$0] : readme[$0 - declared.count] }
  }

  /// Every member the Hub will read, the definition's first.
  var members: [Member] { index.values.sorted().map { $0 < declared.count ? declared[$0] : readme[$0 - declared.count] } }

  /// Members whose keys the reader of definitions does not know: the README's, and those of `card.extra`.
  var free: [Member] {
    // Most cards have neither, and every rule that asks would copy the others.
    let extra = declared.filter(\.isExtra)
    return extra.isEmpty ? readme : extra + readme
  }
}
