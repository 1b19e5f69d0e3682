/// JSON put together byte by byte, for files of many thousand objects of which none is needed as a value.
struct JSONText {
  private(set) var bytes: [UInt8] = []

  init() {}

  init(_ text: String) { bytes = Array(text.utf8) }

  /// A string as JSON.
  static func string(_ text: String) -> JSONText {
    var json = JSONText()
    json.append(string: text)
    return json
  }

  static func strings(_ texts: [String]) -> JSONText { array(texts.map(string)) }

  static func array(_ elements: [JSONText]) -> JSONText {
    var json = JSONText()
    json.bytes.append(UInt8(ascii: "["))
    for (place, element) in elements.enumerated() {
      if place > 0 { json.bytes.append(UInt8(ascii: ",")) }
      json.bytes += element.bytes
    }
    json.bytes.append(UInt8(ascii: "]"))
    return json
  }

  /// Members without a value are left out. Keys are plain.
  static func object(_ members: KeyValuePairs<StaticString, JSONText?>) -> JSONText {
    var json = JSONText()
    json.bytes.append(UInt8(ascii: "{"))
    for (key, value) in members {
      guard let value else { continue }
      if json.bytes.count > 1 { json.bytes.append(UInt8(ascii: ",")) }
      json.bytes.append(UInt8(ascii: "\""))
      key.withUTF8Buffer { json.bytes += $0 }
      json.bytes.append(UInt8(ascii: "\""))
      json.bytes.append(UInt8(ascii: ":"))
      json.bytes += value.bytes
    }
    json.bytes.append(UInt8(ascii: "}"))
    return json
  }

  /// Behind a comma and a line end, unless it is the first.
  func line(_ place: Int) -> [UInt8] { place == 0 ? bytes : [UInt8(ascii: ","), 10] + bytes }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  private static let digits = Array("0123456789abcdef".utf8)

  private mutating func append(string: String) {
    var string = string
    bytes.append(UInt8(ascii: "\""))
    string.withUTF8 { text in
      var start = 0
      for (index, byte) in text.enumerated() where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        bytes += text[start..<index]
        start = index + 1
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0..<0x20: bytes += [117, 48, 48, JSONText.digits[Int(byte >> 4)], JSONText.digits[Int(byte & 15)]]
        default: bytes.append(byte)
        }
      }
      bytes += text[start...]
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

extension JSONText: ExpressibleByStringInterpolation {
  /// A literal is JSON already.
  init(stringLiteral text: String) { self.init(text) }
}
