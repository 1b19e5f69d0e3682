import CtyCore

/// The attributes of the provider, a resource or a data source.
public struct Schema: Sendable {
  /// Raised when the stored form changes; state of an older version goes through ``Resource/upgrade(_:from:)``.
  public var version: Int
  public var description: String
  public var attributes: [Attribute]

  public init(version: Int = 0, _ description: String, _ attributes: [Attribute]) {
    self.version = version
    self.description = description
    self.attributes = attributes
  }

  public var type: CtyType { .object(of: attributes) }

  /// What is wrong with the declaration itself, by the checks that Terraform makes when it loads a schema.
  public var mistakes: [String] { attributes.flatMap { Self.mistakes(of: $0, at: $0.name, inSet: false) } }

  private static let reserved: Set<String> = [
    "count", "for_each", "depends_on", "provider", "lifecycle", "connection", "provisioner",
  ]

  private static func mistakes(of attribute: Attribute, at path: String, inSet: Bool) -> [String] {
    var found: [String] = []
    let isName =
      !attribute.name.isEmpty && attribute.name.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789_".utf8.contains($0) }
    if !isName { found.append("\(path): a name is made of a-z, 0-9 and _") }
    if reserved.contains(attribute.name) { found.append("\(path): the language reserves this name") }
    if attribute.isWriteOnly {
      if attribute.isComputed { found.append("\(path): write-only and computed exclude each other") }
      if inSet { found.append("\(path): nothing in a set can be write-only") }
    }
    if attribute.defaultValue != nil {
      if case .optionalComputed = attribute.presence {} else { found.append("\(path): a default needs optional and computed") }
    }
    if case .nested(let nesting, let inner) = attribute.kind {
      let set = if case .set = nesting { true } else { inSet }
      found += inner.flatMap { mistakes(of: $0, at: "\(path).\($0.name)", inSet: set) }
    }
    return found
  }
}
