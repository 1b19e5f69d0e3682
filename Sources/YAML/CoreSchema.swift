import SpaceModel

/// What an unquoted scalar means: YAML 1.2's core schema, so `yes`, `on` and `1:30` are strings.
///
/// Stricter than the schema in two places. A number with a leading zero (`012`) is a string, because readers disagree whether
/// it is ten or twelve. `.inf` and `.nan` are strings, because JSON, which everything ends up in, has no such numbers.
public enum CoreSchema {
  public static func value(ofPlain text: String) -> JSONValue {
    guard let first = text.utf8.first else { return .null }
    switch first {
    case UInt8(ascii: "~"): return text == "~" ? .null : .string(text)
    case UInt8(ascii: "n"), UInt8(ascii: "N"):
      return text == "null" || text == "Null" || text == "NULL" ? .null : .string(text)
    case UInt8(ascii: "t"), UInt8(ascii: "T"):
      return text == "true" || text == "True" || text == "TRUE" ? .bool(true) : .string(text)
    case UInt8(ascii: "f"), UInt8(ascii: "F"):
      return text == "false" || text == "False" || text == "FALSE" ? .bool(false) : .string(text)
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      return number(text) ?? .string(text)
    default: return .string(text)
    }
  }

  private static func number(_ text: String) -> JSONValue? {
    let bytes = Array(text.utf8)
    if bytes.count > 2, bytes[0] == UInt8(ascii: "0"), bytes[1] == UInt8(ascii: "x") || bytes[1] == UInt8(ascii: "o") {
      let digits = text.dropFirst(2)
      guard digits.utf8.first != UInt8(ascii: "+"), digits.utf8.first != UInt8(ascii: "-") else { return nil }
      return Int(digits, radix: bytes[1] == UInt8(ascii: "x") ? 16 : 8).map(JSONValue.int)
    }
    var scan = DigitScan(bytes)
    scan.skipSign()
    let whole = scan.skipDigits()
    if scan.isAtEnd {
      guard whole > 0, whole == 1 || bytes[scan.index - whole] != UInt8(ascii: "0") else { return nil }
      // A number beyond every other is text: JSON could not hold it.
      return Int(text).map(JSONValue.int) ?? Double(text).flatMap { $0.isFinite ? .double($0) : nil }
    }
    var fraction = 0
    if scan.skip(".") { fraction = scan.skipDigits() }
    guard whole + fraction > 0 else { return nil }
    if scan.skip("e") || scan.skip("E") {
      scan.skipSign()
      guard scan.skipDigits() > 0 else { return nil }
    }
    guard scan.isAtEnd, let value = Double(text), value.isFinite else { return nil }
    return .double(value)
  }
}

/// Walks the bytes of a number.
struct DigitScan {
  let bytes: [UInt8]
  private(set) var index = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { index == bytes.count }

  mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
    guard index < bytes.count, bytes[index] == UInt8(ascii: scalar) else { return false }
    index += 1
    return true
  }

  mutating func skipSign() { if !skip("+") { _ = skip("-") } }

  /// How many bytes were digits, or whatever else `allowed` takes.
  @discardableResult
  mutating func skipDigits(or allowed: (UInt8) -> Bool = { _ in false }) -> Int {
    let begin = index
    while index < bytes.count, (48...57).contains(bytes[index]) || allowed(bytes[index]) { index += 1 }
    return index - begin
  }
}
