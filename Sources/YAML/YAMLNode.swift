import Diagnostics
import SpaceModel

/// One node of a YAML document: a value of our own, free of the C parser, that knows where it stands.
public struct YAMLNode: Hashable, Sendable {
  public enum Content: Hashable, Sendable {
    case scalar(YAMLScalar)
    /// In the order of the file. A key that appears twice is a finding and stands here twice.
    case mapping([YAMLEntry])
    case sequence([YAMLNode])
  }

  public var content: Content
  /// The first character. An alias stands where the alias is written; what is inside it, where the anchor is.
  public var start: Position
  /// Just after the last character.
  public var end: Position

  public init(_ content: Content, start: Position, end: Position) {
    self.content = content
    self.start = start
    self.end = end
  }

  public func span(in file: String) -> SourceSpan { SourceSpan(file: file, start: start, end: end) }

  public var scalar: YAMLScalar? { if case .scalar(let scalar) = content { scalar } else { nil } }
  public var entries: [YAMLEntry]? { if case .mapping(let entries) = content { entries } else { nil } }
  public var elements: [YAMLNode]? { if case .sequence(let elements) = content { elements } else { nil } }

  /// The value of a mapping's key; nil when there is none or this is no mapping.
  public subscript(key: String) -> YAMLNode? { entries?.first { $0.name == key }?.value }

  /// The text, when this is a scalar that means a string.
  public var string: String? {
    guard let scalar, case .string(let text) = scalar.value else { return nil }
    return text
  }

  /// The plain value. Of a key that appears twice the first value counts.
  public var json: JSONValue {
    switch content {
    case .scalar(let scalar): scalar.value
    case .sequence(let elements): .array(elements.map(\.json))
    case .mapping(let entries):
      .object(Dictionary(entries.map { ($0.name, $0.value.json) }, uniquingKeysWith: { first, _ in first }))
    }
  }
}

/// A key and its value.
public struct YAMLEntry: Hashable, Sendable {
  public let key: YAMLNode
  public var value: YAMLNode
  /// The key's text as written: keys are names, so `1:` and `"1":` are the same one.
  public let name: String

  public init(key: YAMLNode, value: YAMLNode) {
    self.key = key
    self.value = value
    name = key.scalar?.text ?? ""
  }
}

/// A scalar: its text, and how it was written, which decides what it means.
public struct YAMLScalar: Hashable, Sendable {
  public enum Style: Hashable, Sendable {
    /// Without quotes: may mean a number, a truth value or null.
    case plain
    /// In single or double quotes, or tagged `!!str`: always a string.
    case quoted
    /// A `|` or `>` block: always a string.
    case block
  }

  public var text: String
  public var style: Style

  public init(_ text: String, style: Style) {
    self.text = text
    self.style = style
  }

  /// What the scalar means by YAML 1.2.
  public var value: JSONValue { style == .plain ? CoreSchema.value(ofPlain: text) : .string(text) }
}
