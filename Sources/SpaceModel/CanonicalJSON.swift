/// The one way Spaceform writes JSON: keys sorted by their UTF-8 bytes, no platform in the result, equal bytes everywhere.
extension JSONValue {
  /// One line without spaces: what digests are taken over and what NDJSON lines hold.
  public var canonicalText: String {
    var output: [UInt8] = []
    write(into: &output, style: .compact, depth: 0)
    return String(decoding: output, as: UTF8.self)
  }

  /// Two-space indentation, one line for each leaf, a newline at the end: made for people and for line-based merges.
  public var prettyText: String {
    var output: [UInt8] = []
    write(into: &output, style: .pretty, depth: 0)
    output.append(UInt8(ascii: "\n"))
    return String(decoding: output, as: UTF8.self)
  }

  private enum Style { case compact, pretty }

  private func write(into output: inout [UInt8], style: Style, depth: Int) {
    switch self {
    case .null: output += "null".utf8
    case .bool(let value): output += (value ? "true" : "false").utf8
    case .int(let value): output += String(value).utf8
    case .double(let value):
      // A whole number is written as one, so that 1.0 and 1 have one form; the rest is Swift's shortest round-trip form.
      if value == value.rounded(), abs(value) < 9_007_199_254_740_992 {
        output += String(Int(value)).utf8
      } else {
        output += (value.isFinite ? "\(value)" : "null").utf8
      }
    case .string(let value): JSONValue.write(string: value, into: &output)
    case .array(let elements):
      JSONValue.write(
        open: "[", close: "]", count: elements.count, into: &output, style: style, depth: depth
      ) { index, output in
        elements[index].write(into: &output, style: style, depth: depth + 1)
      }
    case .object(let members):
      let keys = members.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      JSONValue.write(open: "{", close: "}", count: keys.count, into: &output, style: style, depth: depth) {
        index, output in
        JSONValue.write(string: keys[index], into: &output)
        output.append(UInt8(ascii: ":"))
        if style == .pretty { output.append(UInt8(ascii: " ")) }
        members[keys[index], default: .null].write(into: &output, style: style, depth: depth + 1)
      }
    }
  }

  private static func write(
    open: Unicode.Scalar, close: Unicode.Scalar, count: Int, into output: inout [UInt8], style: Style, depth: Int,
    element: (Int, inout [UInt8]) -> Void
  ) {
    output.append(UInt8(ascii: open))
    for index in 0..<count {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      if style == .pretty { newline(depth + 1, into: &output) }
      element(index, &output)
    }
    if style == .pretty, count > 0 { newline(depth, into: &output) }
    output.append(UInt8(ascii: close))
  }

  private static func newline(_ depth: Int, into output: inout [UInt8]) {
    output.append(UInt8(ascii: "\n"))
    output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
  }

  private static func write(string: String, into output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""): output += "\\\"".utf8
      case UInt8(ascii: "\\"): output += "\\\\".utf8
      case 0x0A: output += "\\n".utf8
      case 0x0D: output += "\\r".utf8
      case 0x09: output += "\\t".utf8
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        output += "\\u00".utf8
        output.append(digits[Int(byte >> 4)])
        output.append(digits[Int(byte & 15)])
      default: output.append(byte)
      }
    }
    output.append(UInt8(ascii: "\""))
  }
}
