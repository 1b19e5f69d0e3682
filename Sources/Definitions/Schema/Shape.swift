/// What may stand in one place of a definition. The checks of types and keys, and the JSON Schema, are both made from it.
indirect enum Shape: Sendable {
  case text
  /// Text, a number or a truth value, taken as it is written: what an environment variable holds.
  case value
  /// Text out of an open set: an unknown name is a rule's business, not the schema's.
  case name(known: [String])
  case choice([String])
  /// A length of time such as `15m`; `never` too, where that means something.
  case span(allowsNever: Bool)
  case flag
  case count(minimum: Int, maximum: Int? = nil)
  case number(minimum: Double, maximum: Double?)
  /// 24 hexadecimal digits.
  case identifier
  /// `owner/name`.
  case address
  case list(Shape)
  case table(KeyTable)
  /// Names of the author's choice.
  case map(Shape)
  /// Where a secret's value comes from. Anything but the table is taken for the value itself, and refused.
  case secretSource(KeyTable)
  /// The first shape that fits the kind of node.
  case either([Shape])
  case anything
}

/// A mapping with known keys.
struct KeyTable: Sendable {
  let keys: [Key]
  /// Keys that people write here although they belong elsewhere, with the advice they get.
  let misplaced: [String: String]
  private let index: [String: Int]

  init(_ keys: [Key], misplaced: [String: String] = [:]) {
    self.keys = keys
    self.misplaced = misplaced
    index = Dictionary(keys.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  subscript(name: String) -> Key? { index[name].map { keys[$0] } }
  var names: [String] { keys.map(\.name) }
  var required: [Key] { keys.filter(\.isRequired) }

  func without(_ names: Set<String>) -> KeyTable {
    KeyTable(keys.filter { !names.contains($0.name) }.map { $0.optional }, misplaced: misplaced)
  }
}

/// One key of a table: its name, what may stand under it, and one line that says what it is for.
struct Key: Sendable {
  let name: String
  let shape: Shape
  let summary: String
  var isRequired = false

  init(_ name: String, _ shape: Shape, _ summary: String, isRequired: Bool = false) {
    self.name = name
    self.shape = shape
    self.summary = summary
    self.isRequired = isRequired
  }

  fileprivate var optional: Key { Key(name, shape, summary) }
}
