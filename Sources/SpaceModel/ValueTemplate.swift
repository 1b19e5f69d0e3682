/// The value of a variable: text in which `${space.NAME.ATTRIBUTE}` stands for a fact about another Space of the fleet.
public struct ValueTemplate: Hashable, Sendable {
  /// What may be asked of another Space.
  public enum Attribute: String, Hashable, Sendable, CaseIterable {
    /// `https://` and the host: where the app answers.
    case url
    /// The bare host name.
    case host
    /// The Space's page on the Hub.
    case page
    /// `owner/name`.
    case id
  }

  public enum Part: Hashable, Sendable {
    case text(String)
    case reference(SpaceID, Attribute)
  }

  public var parts: [Part]

  public init(parts: [Part]) { self.parts = parts }
  public init(_ text: String) { self.parts = [.text(text)] }

  /// The Spaces the value asks about.
  public var references: [SpaceID] {
    parts.compactMap { if case .reference(let id, _) = $0 { id } else { nil } }
  }

  /// The text with every reference replaced by what `resolve` says.
  public func rendered(_ resolve: (SpaceID, Attribute) -> String) -> String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .reference(let id, let attribute): resolve(id, attribute)
      }
    }.joined()
  }
}

/// One declared public variable.
public struct VariableDeclaration: Hashable, Sendable {
  public var value: ValueTemplate
  public var note: String?

  /// - Parameters:
  ///   - value: the value, with references to other Spaces in it.
  ///   - note: the description shown on the Hub; nil leaves the Hub's description alone.
  public init(value: ValueTemplate, note: String? = nil) {
    self.value = value
    self.note = note
  }
}
