/// A type of Terraform's type system (cty).
public indirect enum CtyType: Hashable, Sendable {
  case string
  case number
  case bool
  /// A value that carries its own type.
  case dynamic
  case list(CtyType)
  case set(CtyType)
  case map(CtyType)
  case tuple([CtyType])
  case object([String: CtyType])
}

extension CtyType {
  /// The type as the compact JSON that schemas and dynamic values carry, object attributes in the order of their names.
  public var json: String {
    switch self {
    case .string: #""string""#
    case .number: #""number""#
    case .bool: #""bool""#
    case .dynamic: #""dynamic""#
    case .list(let element): #"["list",\#(element.json)]"#
    case .set(let element): #"["set",\#(element.json)]"#
    case .map(let element): #"["map",\#(element.json)]"#
    case .tuple(let elements): #"["tuple",[\#(elements.map(\.json).joined(separator: ","))]]"#
    case .object(let attributes):
      #"["object",{"#
        + attributes.sorted { $0.key < $1.key }.map { JSONText.quoted($0.key) + ":" + $0.value.json }.joined(separator: ",")
        + "}]"
    }
  }

  /// Reads a type from its JSON; the third element of an object type, its optional attributes, is accepted and not kept.
  public init(json bytes: [UInt8]) throws(CtyError) {
    try self.init(JSONReader.read(bytes))
  }

  init(_ json: JSONValue) throws(CtyError) {
    switch json {
    case .string("string"): self = .string
    case .string("number"): self = .number
    case .string("bool"): self = .bool
    case .string("dynamic"): self = .dynamic
    case .array(let parts):
      guard parts.count >= 2, case .string(let kind) = parts[0] else { throw .malformed("a type without a kind") }
      switch (kind, parts[1]) {
      case ("list", let element): self = .list(try CtyType(element))
      case ("set", let element): self = .set(try CtyType(element))
      case ("map", let element): self = .map(try CtyType(element))
      case ("tuple", .array(let elements)):
        var types: [CtyType] = []
        for element in elements { types.append(try CtyType(element)) }
        self = .tuple(types)
      case ("object", .object(let members)):
        var types: [String: CtyType] = [:]
        for (name, type) in members { types[name] = try CtyType(type) }
        self = .object(types)
      default: throw .malformed("the type kind \(kind)")
      }
    default: throw .malformed("something that is no type")
    }
  }
}
