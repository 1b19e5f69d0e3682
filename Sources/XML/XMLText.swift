import CLibXML2

/// What may stand in an XML 1.0 document.
enum XMLText {
  /// The text with U+FFFD in the place of every scalar that XML 1.0 has no way to write, not even escaped: control characters
  /// other than tab and line ends, U+FFFE and U+FFFF (the production `Char`, section 2.2). libxml2 would write them as they are,
  /// and no parser would read the file.
  static func writable(_ text: String) -> String {
    // Bytes tell nearly always: no control character, and not the first byte of U+FFFE.
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0xEF || $0 == 0xA || $0 == 0x9 || $0 == 0xD }
    guard !isPlain, text.unicodeScalars.contains(where: { !isCharacter($0) }) else { return text }
    var writable = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { writable.append(isCharacter(scalar) ? scalar : "\u{FFFD}") }
    return String(writable)
  }

  static func isCharacter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x9, 0xA, 0xD, 0x20...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }

  /// Whether a text is a name that elements and attributes may have.
  static func isName(_ text: String) -> Bool {
    // Letters are names without asking. C would stop at a zero byte and judge what stands before it.
    !text.isEmpty && text.utf8.allSatisfy { (97...122).contains($0) } || !text.utf8.contains(0) && xmlValidateName(text, 0) == 0
  }
}
