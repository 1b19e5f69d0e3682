/// Reads msgpack token by token; every length is checked against what is there before anything is allocated.
struct MessagePackReader {
  enum Token: Equatable {
    case null
    case bool(Bool)
    case number(CtyNumber)
    case string(String)
    case binary([UInt8])
    case array(Int)
    case map(Int)
    case `extension`(type: UInt8, [UInt8])

    var kind: String {
      switch self {
      case .null: "null"
      case .bool: "bool"
      case .number: "number"
      case .string: "string"
      case .binary: "binary"
      case .array: "array"
      case .map: "map"
      case .extension: "extension"
      }
    }
  }

  private let bytes: ArraySlice<UInt8>
  private var position: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  var isAtEnd: Bool { position == bytes.endIndex }

  mutating func token() throws(CtyError) -> Token {
    let head = try big(UInt8.self)
    switch head {
    case 0x00...0x7f: return .number(CtyNumber(Int(head)))
    case 0x80...0x8f: return .map(try fits(Int(head & 0x0f), each: 2))
    case 0x90...0x9f: return .array(try fits(Int(head & 0x0f), each: 1))
    case 0xa0...0xbf: return try string(Int(head & 0x1f))
    case 0xc0: return .null
    case 0xc2: return .bool(false)
    case 0xc3: return .bool(true)
    case 0xc4: return .binary(Array(try take(Int(try big(UInt8.self)))))
    case 0xc5: return .binary(Array(try take(Int(try big(UInt16.self)))))
    case 0xc6: return .binary(Array(try take(Int(try big(UInt32.self)))))
    case 0xc7: return try extended(Int(try big(UInt8.self)))
    case 0xc8: return try extended(Int(try big(UInt16.self)))
    case 0xc9: return try extended(Int(try big(UInt32.self)))
    case 0xca: return try float(Double(Float(bitPattern: try big(UInt32.self))))
    case 0xcb: return try float(Double(bitPattern: try big(UInt64.self)))
    case 0xcc: return .number(CtyNumber(Int(try big(UInt8.self))))
    case 0xcd: return .number(CtyNumber(Int(try big(UInt16.self))))
    case 0xce: return .number(CtyNumber(Int(try big(UInt32.self))))
    case 0xcf: return .number(CtyNumber(try big(UInt64.self)))
    case 0xd0: return .number(CtyNumber(Int(try big(Int8.self))))
    case 0xd1: return .number(CtyNumber(Int(try big(Int16.self))))
    case 0xd2: return .number(CtyNumber(Int(try big(Int32.self))))
    case 0xd3: return .number(CtyNumber(Int(try big(Int64.self))))
    case 0xd4...0xd8: return try extended(1 << Int(head - 0xd4))
    case 0xd9: return try string(Int(try big(UInt8.self)))
    case 0xda: return try string(Int(try big(UInt16.self)))
    case 0xdb: return try string(Int(try big(UInt32.self)))
    case 0xdc: return .array(try fits(Int(try big(UInt16.self)), each: 1))
    case 0xdd: return .array(try fits(Int(try big(UInt32.self)), each: 1))
    case 0xde: return .map(try fits(Int(try big(UInt16.self)), each: 2))
    case 0xdf: return .map(try fits(Int(try big(UInt32.self)), each: 2))
    case 0xe0...0xff: return .number(CtyNumber(Int(Int8(bitPattern: head))))
    default: throw .malformed("the byte \(head)")
    }
  }

  /// A count whose elements, at a byte each or more, can be in the bytes that are left.
  private func fits(_ count: Int, each size: Int) throws(CtyError) -> Int {
    guard count <= (bytes.endIndex - position) / size else { throw .truncated }
    return count
  }

  private mutating func take(_ count: Int) throws(CtyError) -> ArraySlice<UInt8> {
    guard count <= bytes.endIndex - position else { throw .truncated }
    defer { position += count }
    return bytes[position..<position + count]
  }

  private mutating func string(_ count: Int) throws(CtyError) -> Token {
    guard let text = String(validating: try take(count), as: UTF8.self) else { throw .malformed("a string that is not UTF-8") }
    return .string(text)
  }

  private mutating func extended(_ count: Int) throws(CtyError) -> Token {
    let type = try big(UInt8.self)
    return .extension(type: type, Array(try take(count)))
  }

  private func float(_ value: Double) throws(CtyError) -> Token {
    guard let number = CtyNumber(exactly: value) else { throw .malformed("a number that is not finite") }
    return .number(number)
  }

  private mutating func big<T: FixedWidthInteger>(_ type: T.Type) throws(CtyError) -> T {
    try take(T.bitWidth / 8).reduce(into: T.zero) { $0 = $0 << 8 | T(truncatingIfNeeded: $1) }
  }
}
