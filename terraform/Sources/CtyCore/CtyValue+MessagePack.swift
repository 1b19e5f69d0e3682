extension CtyValue {
  /// The value as msgpack of the type.
  public func encoded(as type: CtyType) throws(CtyError) -> [UInt8] {
    var writer = MessagePackWriter()
    try write(type, to: &writer)
    return writer.bytes
  }

  /// Reads a value of the type that fills all the bytes.
  public init(decoding bytes: [UInt8], as type: CtyType) throws(CtyError) {
    var reader = MessagePackReader(bytes[...])
    self = try Self.read(type, from: &reader, depth: 0)
    guard reader.isAtEnd else { throw .trailing }
  }

  private func write(_ type: CtyType, to writer: inout MessagePackWriter) throws(CtyError) {
    switch (type, self) {
    case (_, .null): writer.null()
    case (_, .unknown(let refinement)): refinement.write(to: &writer)
    case (.dynamic, .typed(let inner, let value)):
      writer.array(count: 2)
      writer.binary(Array(inner.json.utf8))
      try value.write(inner, to: &writer)
    case (.string, .string(let text)): writer.string(text)
    case (.bool, .bool(let flag)): writer.bool(flag)
    case (.number, .number(let number)): writer.number(number)
    case (.list(let element), .sequence(let values)), (.set(let element), .sequence(let values)):
      writer.array(count: values.count)
      for value in values { try value.write(element, to: &writer) }
    case (.tuple(let types), .sequence(let values)) where types.count == values.count:
      writer.array(count: values.count)
      for (value, element) in zip(values, types) { try value.write(element, to: &writer) }
    case (.map(let element), .fields(let values)):
      writer.map(count: values.count)
      for (name, value) in values.sorted(by: { $0.key < $1.key }) {
        writer.string(name)
        try value.write(element, to: &writer)
      }
    case (.object(let types), .fields(let values)):
      if let extra = values.keys.first(where: { types[$0] == nil }) {
        throw .mismatch(expected: type.json, found: "the attribute \(extra)")
      }
      writer.map(count: types.count)
      for (name, attribute) in types.sorted(by: { $0.key < $1.key }) {
        writer.string(name)
        try (values[name] ?? .null).write(attribute, to: &writer)
      }
    default: throw .mismatch(expected: type.json, found: kind)
    }
  }

  private static func read(_ type: CtyType, from reader: inout MessagePackReader, depth: Int) throws(CtyError) -> CtyValue {
    guard depth < depthLimit else { throw .tooDeep }
    let token = try reader.token()
    switch (type, token) {
    case (_, .null): return .null
    case (_, .extension(let code, let body)): return .unknown(code == 12 ? try Refinement(body) : Refinement())
    case (.dynamic, .array(2)):
      guard case .binary(let json) = try reader.token() else { throw .malformed("a dynamic value without its type") }
      let inner = try CtyType(json: json)
      return .typed(inner, try read(inner, from: &reader, depth: depth + 1))
    case (.string, .string(let text)): return .string(text)
    case (.bool, .bool(let flag)): return .bool(flag)
    case (.number, .number(let number)): return .number(number)
    case (.number, .string(let text)):
      guard let number = CtyNumber(text: text) else { throw .malformed("a number in text") }
      return .number(number)
    case (.list(let element), .array(let count)), (.set(let element), .array(let count)):
      var values: [CtyValue] = []
      for _ in 0..<count { values.append(try read(element, from: &reader, depth: depth + 1)) }
      return .sequence(values)
    case (.tuple(let types), .array(let count)) where count == types.count:
      var values: [CtyValue] = []
      for element in types { values.append(try read(element, from: &reader, depth: depth + 1)) }
      return .sequence(values)
    case (.map(let element), .map(let count)):
      var values: [String: CtyValue] = [:]
      for _ in 0..<count {
        guard case .string(let name) = try reader.token() else { throw .malformed("a key that is no string") }
        values[name] = try read(element, from: &reader, depth: depth + 1)
      }
      return .fields(values)
    case (.object(let types), .map(let count)) where count == types.count:
      var values: [String: CtyValue] = [:]
      for _ in 0..<types.count {
        guard case .string(let name) = try reader.token() else { throw .malformed("a key that is no string") }
        guard let attribute = types[name] else { throw .mismatch(expected: type.json, found: "the attribute \(name)") }
        values[name] = try read(attribute, from: &reader, depth: depth + 1)
      }
      guard values.count == types.count else { throw .malformed("an attribute that is there twice") }
      return .fields(values)
    default: throw .mismatch(expected: type.json, found: token.kind)
    }
  }

  private var kind: String {
    switch self {
    case .null: "null"
    case .unknown: "unknown"
    case .string: "string"
    case .bool: "bool"
    case .number: "number"
    case .sequence: "sequence"
    case .fields: "fields"
    case .typed: "a dynamic value"
    }
  }
}
