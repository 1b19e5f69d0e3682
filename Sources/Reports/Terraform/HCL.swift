import SpaceModel

/// A value in Terraform's language.
indirect enum HCL: Hashable, Sendable {
  /// Text in quotes; nothing in it is a template.
  case text(String)
  /// An expression as it is: a reference, a number, `true`.
  case expression(String)
  /// Text in quotes with expressions in it.
  case template([Part])
  case list([HCL])
  /// Members in the order they are to stand.
  case object([Member])

  enum Part: Hashable, Sendable {
    case text(String)
    case expression(String)
  }

  struct Member: Hashable, Sendable {
    var name: String
    var value: HCL
    /// Whether the name is one of data, which need not be an identifier.
    var isQuoted = false
  }

  init(_ json: JSONValue) {
    self =
      switch json {
      case .string(let text): .text(text)
      case .array(let elements): .list(elements.map(HCL.init))
      case .object(let members): .object(HCL.members(members.mapValues(HCL.init)))
      default: .expression(json.canonicalText)
      }
  }

  /// A map's members by name. A name that is no identifier stands in quotes.
  static func members(_ map: [String: HCL]) -> [Member] {
    map.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { Member(name: $0.key, value: $0.value, isQuoted: !isIdentifier($0.key)) }
  }

  /// Letters, digits, `_` and `-`, a letter or `_` first: what stands without quotes (HCL native syntax, "Identifiers"; of those, the
  /// ones in ASCII).
  static func isIdentifier(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetter(first) else { return false }
    return text.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "_")
  }

  /// The inside of quotes (HCL native syntax, "Template Expressions"): what would begin a template is doubled.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if scalar == "$" || scalar == "%", rest.first == "{" { escaped.unicodeScalars.append(scalar) }
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\"": escaped += "\\\""
      case "\n": escaped += "\\n"
      case "\r": escaped += "\\r"
      case "\t": escaped += "\\t"
      default:
        if TerminalText.mustEscape(scalar) {
          let digits = String(scalar.value, radix: 16)
          escaped += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          escaped.unicodeScalars.append(scalar)
        }
      }
    }
    return escaped
  }
}
