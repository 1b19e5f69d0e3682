/// An element of a document that was read: its name, attributes in the order they stand, and what it holds.
public struct XMLElement: Hashable, Sendable {
  public enum Content: Hashable, Sendable {
    case element(XMLElement)
    case text(String)
  }

  public var name: String
  public var attributes: [String: String]
  /// Children and text in their order; text of white space alone between elements is left out.
  public var content: [Content]

  public init(name: String, attributes: [String: String] = [:], content: [Content] = []) {
    self.name = name
    self.attributes = attributes
    self.content = content
  }

  /// Its own text, without that of its children.
  public var text: String {
    content.map { if case .text(let text) = $0 { text } else { "" } }.joined()
  }

  public var children: [XMLElement] { content.compactMap { if case .element(let child) = $0 { child } else { nil } } }

  /// Children of a name.
  public func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

  /// The first child of a name.
  public subscript(name: String) -> XMLElement? {
    for case .element(let child) in content where child.name == name { return child }
    return nil
  }
}
