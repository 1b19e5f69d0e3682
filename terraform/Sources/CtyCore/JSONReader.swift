/// Reads JSON without passing numbers through a double: state with 12345678901234567890123 in it must come back as it was.
public struct JSONReader {
  private let bytes: [UInt8]
  private var position = 0

  /// Reads one value that fills all the bytes. Of members with one name the last counts.
  public static func read(_ bytes: [UInt8]) throws(CtyError) -> JSONValue {
    var reader = JSONReader(bytes: bytes)
    let value = try reader.value(depth: 0)
    reader.skipSpace()
    guard reader.position == bytes.count else { throw .trailing }
    return value
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x0a, 0x0d, 0x09].contains(bytes[position]) { position += 1 }
  }

  private mutating func next() throws(CtyError) -> UInt8 {
    guard position < bytes.count else { throw .truncated }
    defer { position += 1 }
    return bytes[position]
  }

  private mutating func take(_ byte: Character) -> Bool {
    skipSpace()
    guard position < bytes.count, bytes[position] == byte.asciiValue else { return false }
    position += 1
    return true
  }

  private mutating func value(depth: Int) throws(CtyError) -> JSONValue {
    guard depth < CtyValue.depthLimit else { throw .tooDeep }
    skipSpace()
    switch try next() {
    case UInt8(ascii: "n"): return try word("ull", .null)
    case UInt8(ascii: "t"): return try word("rue", .bool(true))
    case UInt8(ascii: "f"): return try word("alse", .bool(false))
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "["):
      var values: [JSONValue] = []
      if take("]") { return .array(values) }
      repeat { values.append(try value(depth: depth + 1)) } while take(",")
      guard take("]") else { throw .malformed("an array that is not closed") }
      return .array(values)
    case UInt8(ascii: "{"):
      var members: [String: JSONValue] = [:]
      if take("}") { return .object(members) }
      repeat {
        guard take("\"") else { throw .malformed("a member without a name") }
        let name = try string()
        guard take(":") else { throw .malformed("a member without a value") }
        members[name] = try value(depth: depth + 1)
      } while take(",")
      guard take("}") else { throw .malformed("an object that is not closed") }
      return .object(members)
    default:
      position -= 1
      return .number(try number())
    }
  }

  private mutating func word(_ rest: String, _ value: JSONValue) throws(CtyError) -> JSONValue {
    for byte in rest.utf8 where try next() != byte { throw .malformed("a word that JSON does not know") }
    return value
  }

  private mutating func number() throws(CtyError) -> CtyNumber {
    let start = position
    while position < bytes.count, "+-.eE0123456789".utf8.contains(bytes[position]) { position += 1 }
    guard let number = CtyNumber(text: String(decoding: bytes[start..<position], as: UTF8.self)) else {
      throw .malformed("something that is no number")
    }
    return number
  }

  private mutating func string() throws(CtyError) -> String {
    var out: [UInt8] = []
    while true {
      switch try next() {
      case UInt8(ascii: "\""):
        guard let text = String(validating: out, as: UTF8.self) else { throw .malformed("a string that is not UTF-8") }
        return text
      case UInt8(ascii: "\\"): out += String(try escaped()).utf8
      case let byte where byte < 0x20: throw .malformed("a control character in a string")
      case let byte: out.append(byte)
      }
    }
  }

  private mutating func escaped() throws(CtyError) -> Unicode.Scalar {
    switch try next() {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "u"):
      let first = try codeUnit()
      guard (0xd800..<0xdc00).contains(first) else { return Unicode.Scalar(first) ?? "\u{fffd}" }
      guard try next() == UInt8(ascii: "\\"), try next() == UInt8(ascii: "u") else { throw .malformed("half a surrogate pair") }
      let second = try codeUnit()
      guard (0xdc00..<0xe000).contains(second) else { throw .malformed("half a surrogate pair") }
      return Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00)) ?? "\u{fffd}"
    case let byte where "\"\\/".utf8.contains(byte): return Unicode.Scalar(byte)
    default: throw .malformed("an escape that JSON does not know")
    }
  }

  private mutating func codeUnit() throws(CtyError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(try next())).hexDigitValue else { throw .malformed("a broken \\u escape") }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
