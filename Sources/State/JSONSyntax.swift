import Diagnostics

/// Checks JSON before it is decoded, for what the system's decoder does not say: where it breaks, and which member stands
/// twice (a decoder silently keeps one of them).
struct JSONSyntax {
  struct Problem: Error, Hashable {
    var position: Position
    var message: String
  }

  /// One value and nothing after it, at most `deepest` levels deep.
  static func check(_ bytes: [UInt8]) throws(Problem) {
    try bytes.withUnsafeBufferPointer { buffer throws(Problem) in
      var syntax = JSONSyntax(bytes: buffer)
      try syntax.value(depth: 0)
      syntax.skipSpace()
      if syntax.index < buffer.count { throw syntax.problem("text after the end of the value") }
    }
  }

  static let deepest = 64

  private let bytes: UnsafeBufferPointer<UInt8>
  private var index = 0

  private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
  }

  private mutating func value(depth: Int) throws(Problem) {
    skipSpace()
    guard depth < JSONSyntax.deepest else { throw problem("more than \(JSONSyntax.deepest) levels of nesting") }
    switch next {
    case UInt8(ascii: "{"): try object(depth: depth)
    case UInt8(ascii: "["): try array(depth: depth)
    case UInt8(ascii: "\""): try string()
    case UInt8(ascii: "t"): try word("true")
    case UInt8(ascii: "f"): try word("false")
    case UInt8(ascii: "n"): try word("null")
    case UInt8(ascii: "-"), (UInt8(ascii: "0")...UInt8(ascii: "9"))?: try number()
    default: throw problem("expected a value")
    }
  }

  private mutating func object(depth: Int) throws(Problem) {
    var seen: [String: Int] = [:]
    index += 1
    skipSpace()
    if take("}") { return }
    repeat {
      skipSpace()
      let start = index
      guard next == UInt8(ascii: "\"") else { throw problem("expected a member's name in quotes") }
      try string()
      let name = String(decoding: bytes[(start + 1)..<(index - 1)], as: UTF8.self)
      if let first = seen.updateValue(start, forKey: name) {
        let line = JSONSyntax.position(of: first, in: bytes).line
        index = start
        throw problem("the member \"\(name)\" is there twice, first on line \(line)")
      }
      skipSpace()
      guard take(":") else { throw problem("expected : after a member's name") }
      try value(depth: depth + 1)
      skipSpace()
    } while take(",")
    guard take("}") else { throw problem("expected , or }") }
  }

  private mutating func array(depth: Int) throws(Problem) {
    index += 1
    skipSpace()
    if take("]") { return }
    repeat {
      try value(depth: depth + 1)
      skipSpace()
    } while take(",")
    guard take("]") else { throw problem("expected , or ]") }
  }

  private mutating func string() throws(Problem) {
    let start = index
    index += 1
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        return
      case UInt8(ascii: "\\"):
        index += 1
        switch next {
        case UInt8(ascii: "u"):
          for offset in 1...4 {
            guard index + offset < bytes.count, JSONSyntax.isHex(bytes[index + offset]) else {
              throw problem("expected four hexadecimal digits after \\u")
            }
          }
          index += 5
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
          UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
          index += 1
        default: throw problem("unknown escape in a string")
        }
      case 0..<0x20: throw problem("a string is not closed on its line")
      default: index += 1
      }
    }
    index = start
    throw problem("a string without its closing quote")
  }

  private mutating func number() throws(Problem) {
    _ = take("-")
    guard let first = next, JSONSyntax.isDigit(first) else { throw problem("expected a digit") }
    index += 1
    if first != UInt8(ascii: "0") { skipDigits() }
    if take(".") { try digits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try digits()
    }
  }

  private mutating func digits() throws(Problem) {
    guard let byte = next, JSONSyntax.isDigit(byte) else { throw problem("expected a digit") }
    skipDigits()
  }

  private mutating func skipDigits() {
    while let byte = next, JSONSyntax.isDigit(byte) { index += 1 }
  }

  private mutating func word(_ expected: StaticString) throws(Problem) {
    let count = expected.utf8CodeUnitCount
    guard index + count <= bytes.count, (0..<count).allSatisfy({ bytes[index + $0] == expected.utf8Start[$0] }) else {
      throw problem("expected a value")
    }
    index += count
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: scalar) else { return false }
    index += 1
    return true
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  private static func isHex(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
  }

  private func problem(_ message: String) -> Problem {
    let ended = index >= bytes.count ? "the text ends where it should go on: " : ""
    return Problem(position: JSONSyntax.position(of: index, in: bytes), message: ended + message)
  }

  /// Lines by `\n`, columns in Unicode scalars.
  private static func position(of index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Position {
    var position = Position(line: 1, column: 1)
    for byte in bytes.prefix(index) {
      if byte == 0x0A {
        position = Position(line: position.line + 1, column: 1)
      } else if byte & 0xC0 != 0x80 {
        position.column += 1
      }
    }
    return position
  }
}
