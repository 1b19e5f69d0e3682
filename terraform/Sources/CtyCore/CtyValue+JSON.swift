extension CtyValue {
  /// Reads a value of a type from state JSON: sets are arrays, dynamic values are `{"value":…, "type":…}`, an attribute that is
  /// missing is null, one that the type does not have is left out.
  public init(json: JSONValue, type: CtyType) throws(CtyError) {
    switch (type, json) {
    case (_, .null): self = .null
    case (.string, .string(let text)): self = .string(text)
    case (.bool, .bool(let flag)): self = .bool(flag)
    case (.number, .number(let number)): self = .number(number)
    case (.number, .string(let text)):
      guard let number = CtyNumber(text: text) else { throw .mismatch(expected: "number", found: "string") }
      self = .number(number)
    case (.dynamic, .object(let members)):
      guard let inner = members["type"] else { throw .malformed("a dynamic value without its type") }
      let innerType = try CtyType(inner)
      self = .typed(innerType, try CtyValue(json: members["value"] ?? .null, type: innerType))
    case (.list(let element), .array(let values)), (.set(let element), .array(let values)):
      var read: [CtyValue] = []
      for value in values { read.append(try CtyValue(json: value, type: element)) }
      self = .sequence(read)
    case (.tuple(let types), .array(let values)):
      guard types.count == values.count else { throw .mismatch(expected: "\(types.count) elements", found: "\(values.count)") }
      var read: [CtyValue] = []
      for (value, element) in zip(values, types) { read.append(try CtyValue(json: value, type: element)) }
      self = .sequence(read)
    case (.map(let element), .object(let members)):
      var read: [String: CtyValue] = [:]
      for (name, value) in members { read[name] = try CtyValue(json: value, type: element) }
      self = .fields(read)
    case (.object(let types), .object(let members)):
      var read: [String: CtyValue] = [:]
      for (name, attribute) in types { read[name] = try CtyValue(json: members[name] ?? .null, type: attribute) }
      self = .fields(read)
    default: throw .mismatch(expected: type.json, found: json.kind)
    }
  }
}

extension JSONValue {
  var kind: String {
    switch self {
    case .null: "null"
    case .bool: "bool"
    case .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}
