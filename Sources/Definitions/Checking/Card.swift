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
    /// With the places of all that is inside it.
    let value: Layered

    var place: Place { value.place }
    var node: YAMLNode { value.node }
    var json: JSONValue { value.json }
    var isExtra: Bool { origin == .definition && written.hasPrefix("extra.") }
  }

  /// The definition's own, in its order. A key that stands in `card` and in `card.extra` is there twice.
  let declared: [Member]
  /// The README's, in its order.
  let readme: [Member]
  private let index: [String: Member]

  init(declared: [Member] = [], readme: [Member] = []) {
    self.declared = declared
    self.readme = readme
    index = Dictionary((declared + readme).map { ($0.hubName, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// What the Hub will read under a key; nil when neither says it.
  subscript(hubName: String) -> Member? { index[hubName] }

  /// Every member the Hub will read, the definition's first.
  var members: [Member] { (declared + readme).filter { index[$0.hubName]?.place == $0.place } }

  /// Every member that is written somewhere, overruled ones included.
  var all: [Member] { declared + readme }
}
