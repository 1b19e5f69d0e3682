import SpaceModel
import YAML

/// One place of a Space definition seen through its layers: the Space's file, the environment's defaults, the project's.
///
/// Mappings merge, key by key and all the way down; lists and scalars of a nearer layer replace what lies under them.
struct Layered: Sendable {
  struct Layer: Sendable {
    let file: String
    let isDefault: Bool
    let key: YAMLNode?
    let node: YAMLNode
  }

  let nearest: Layer
  /// What lies under it, nearest first; only where all are mappings. Apart from the nearest because most values have one layer,
  /// and an array of one would cost an allocation each.
  private let under: [Layer]

  init(_ nearest: Layer, over under: [Layer] = []) {
    self.nearest = nearest
    self.under = under
  }

  var node: YAMLNode { nearest.node }

  var place: Place {
    let key = nearest.key ?? nearest.node
    return Place(
      file: nearest.file, keyStart: key.start, keyEnd: key.end, start: nearest.node.start, end: nearest.node.end,
      isDefault: nearest.isDefault)
  }

  subscript(name: String) -> Layered? {
    var first = nearest.member(name)
    if let first, under.isEmpty || first.node.entries == nil { return Layered(first) }
    var more: [Layer] = []
    for layer in under {
      guard let found = layer.member(name) else { continue }
      let isMapping = found.node.entries != nil
      if first == nil {
        first = found
      } else if isMapping {
        more.append(found)
      }
      if !isMapping { break }
    }
    return first.map { Layered($0, over: more) }
  }

  /// Without what lies under: for values whose keys exclude each other.
  var alone: Layered { Layered(nearest) }

  /// Every member, the nearest layer's first, in the order of the files.
  ///
  /// Each is what the subscript gives for its name. Looked up one by one they would take the square of their number.
  var members: [(name: String, value: Layered)] {
    if under.isEmpty, let entries = nearest.node.entries, entries.count <= Layered.few { return ownMembers(entries) }
    let tables = under.map(\.table)
    var seen: Set<String> = []
    var members: [(name: String, value: Layered)] = []
    for (depth, layer) in ([nearest] + under).enumerated() {
      for entry in layer.node.entries ?? [] where seen.insert(entry.name).inserted {
        var more: [Layer] = []
        if entry.value.entries != nil {
          for (lower, table) in zip(under, tables).dropFirst(depth) {
            guard let found = table[entry.name] else { continue }
            guard found.value.entries != nil else { break }
            more.append(lower.member(found))
          }
        }
        members.append((entry.name, Layered(layer.member(entry), over: more)))
      }
    }
    return members
  }

  /// Up to here comparing each name with those before it is quicker than a set of them.
  private static let few = 24

  /// The members of a single layer with few of them: the first of each name.
  private func ownMembers(_ entries: [YAMLEntry]) -> [(name: String, value: Layered)] {
    var members: [(name: String, value: Layered)] = []
    members.reserveCapacity(entries.count)
    for entry in entries {
      let name = entry.name
      if members.contains(where: { $0.name == name }) { continue }
      members.append((name, Layered(nearest.member(entry))))
    }
    return members
  }
}

extension Layered.Layer {
  fileprivate func member(_ name: String) -> Self? {
    guard case .mapping(let entries) = node.content, let entry = entries.first(where: { $0.name == name }) else { return nil }
    return member(entry)
  }

  fileprivate func member(_ entry: YAMLEntry) -> Self {
    Self(file: file, isDefault: isDefault, key: entry.key, node: entry.value)
  }

  /// The members by name; of one that appears twice, the first.
  fileprivate var table: [String: YAMLEntry] {
    Dictionary((node.entries ?? []).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }
}

// MARK: Values. A value of the wrong type reads as absent: the schema check has already said so.

extension Layered {
  func text(_ key: String) -> Placed<String>? { self[key]?.text }

  var text: Placed<String>? {
    guard let text = node.string, !text.isEmpty else { return nil }
    return Placed(text, place)
  }

  func flag(_ key: String) -> Placed<Bool>? {
    guard let found = self[key], let value = found.node.scalar?.value.boolValue else { return nil }
    return Placed(value, found.place)
  }

  func count(_ key: String) -> Placed<Int>? {
    guard let found = self[key], let value = found.node.scalar?.value.intValue else { return nil }
    return Placed(value, found.place)
  }

  func number(_ key: String) -> Double? { self[key]?.node.scalar?.value.number }

  /// The texts of a list, each with its own place.
  func texts(_ key: String) -> [Placed<String>]? {
    guard let found = self[key], let elements = found.node.elements else { return nil }
    return elements.compactMap { element in found.element(element).text }
  }

  /// An element of this list, seen by itself.
  func element(_ node: YAMLNode) -> Layered {
    Layered(Layer(file: nearest.file, isDefault: nearest.isDefault, key: nil, node: node))
  }

  /// A scalar as it is written, whatever it means; null is none.
  var written: String? {
    guard let scalar = node.scalar else { return nil }
    if case .null = scalar.value { return nil }
    return scalar.text
  }
}
