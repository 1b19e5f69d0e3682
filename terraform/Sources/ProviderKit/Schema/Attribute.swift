import CtyCore

/// One attribute of a schema: what it holds, who sets it, what is allowed in it and how a change of it is planned.
public struct Attribute: Sendable {
  public enum Kind: Sendable {
    case value(CtyType)
    /// An object, or a list, set or map of objects, whose attributes have rules of their own.
    case nested(Nesting, [Attribute])
  }

  public enum Nesting: Sendable { case single, list, set, map }

  public enum Presence: Sendable {
    case required, optional
    /// The provider sets it when the configuration does not.
    case optionalComputed
    case computed
  }

  public var name: String
  public var kind: Kind
  public var presence: Presence
  /// In Markdown.
  public var description: String
  public var isSensitive = false
  /// Never in state nor plan; only given in configuration, at plan and apply.
  public var isWriteOnly = false
  /// A change of it makes a new object.
  public var requiresReplace = false
  /// Computed once at creation: an update does not make it unknown.
  public var isKeptOnUpdate = false
  /// Taken when the configuration has none; only with ``Presence/optionalComputed``.
  public var defaultValue: CtyValue?
  /// Each is asked about a known value that is not null; its answer is what is wrong.
  public var validators: [@Sendable (CtyValue) -> String?] = []

  public init(_ name: String, _ kind: Kind, _ presence: Presence, _ description: String) {
    self.name = name
    self.kind = kind
    self.presence = presence
    self.description = description
  }

  public init(_ name: String, _ type: CtyType, _ presence: Presence, _ description: String) {
    self.init(name, .value(type), presence, description)
  }

  public var type: CtyType {
    switch kind {
    case .value(let type): type
    case .nested(let nesting, let attributes):
      switch nesting {
      case .single: CtyType.object(of: attributes)
      case .list: .list(CtyType.object(of: attributes))
      case .set: .set(CtyType.object(of: attributes))
      case .map: .map(CtyType.object(of: attributes))
      }
    }
  }

  var isComputed: Bool {
    switch presence {
    case .computed, .optionalComputed: true
    case .required, .optional: false
    }
  }
}

extension Attribute {
  public func sensitive() -> Attribute { with { $0.isSensitive = true } }
  public func writeOnly() -> Attribute { with { $0.isWriteOnly = true } }
  public func replacing() -> Attribute { with { $0.requiresReplace = true } }
  public func keptOnUpdate() -> Attribute { with { $0.isKeptOnUpdate = true } }
  public func defaulting(to value: CtyValue) -> Attribute { with { $0.defaultValue = value } }
  public func validated(_ validator: @escaping @Sendable (CtyValue) -> String?) -> Attribute {
    with { $0.validators.append(validator) }
  }

  private func with(_ change: (inout Attribute) -> Void) -> Attribute {
    var copy = self
    change(&copy)
    return copy
  }
}

extension CtyType {
  /// The object type of attributes.
  public static func object(of attributes: [Attribute]) -> CtyType {
    .object(Dictionary(attributes.map { ($0.name, $0.type) }) { first, _ in first })
  }
}
