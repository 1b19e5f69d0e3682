/// The few forms of DER that a certificate needs.
enum DER {
  static func tagged(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    var length: [UInt8]
    switch content.count {
    case 0..<0x80: length = [UInt8(content.count)]
    case 0x80...0xff: length = [0x81, UInt8(content.count)]
    default: length = [0x82, UInt8(content.count >> 8 & 0xff), UInt8(content.count & 0xff)]
    }
    return [tag] + length + content
  }

  static func sequence(_ parts: [UInt8]...) -> [UInt8] { tagged(0x30, parts.flatMap { $0 }) }
  static func set(_ content: [UInt8]) -> [UInt8] { tagged(0x31, content) }
  static func integer(_ bytes: [UInt8]) -> [UInt8] { tagged(0x02, bytes) }
  static func octets(_ content: [UInt8]) -> [UInt8] { tagged(0x04, content) }
  static func bits(_ content: [UInt8]) -> [UInt8] { tagged(0x03, [0] + content) }
  static func text(_ text: String) -> [UInt8] { tagged(0x0c, Array(text.utf8)) }
  static let yes: [UInt8] = tagged(0x01, [0xff])

  /// An object identifier from its numbers.
  static func identifier(_ numbers: Int...) -> [UInt8] {
    var content = [UInt8(numbers[0] * 40 + numbers[1])]
    for number in numbers.dropFirst(2) {
      var groups = [UInt8(number & 0x7f)]
      var rest = number >> 7
      while rest > 0 {
        groups.insert(UInt8(rest & 0x7f) | 0x80, at: 0)
        rest >>= 7
      }
      content += groups
    }
    return tagged(0x06, content)
  }
}
