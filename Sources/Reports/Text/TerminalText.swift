/// Text from files, made safe and measurable for a terminal.
enum TerminalText {
  /// The text with everything that could steer a terminal or hide from the reader written as `\u{...}`: control characters,
  /// and marks that turn the direction of writing. Line breaks too, so that a message stays on its line.
  static func escaped(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: mustEscape) else { return text }
    return text.unicodeScalars.map { mustEscape($0) ? escape($0) : String($0) }.joined()
  }

  /// As `escaped`, with line breaks left as they are.
  static func escapedLines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { escaped(String($0)) }.joined(separator: "\n")
  }

  /// As `escaped`, with line breaks and tabs left as they are: text that stands by itself.
  static func escapedText(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { mustEscape($0) && !isBlank($0) }) else { return text }
    return text.unicodeScalars.map { mustEscape($0) && !isBlank($0) ? escape($0) : String($0) }.joined()
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == "\n" || scalar == "\t" }

  static func mustEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }

  static func escape(_ scalar: Unicode.Scalar) -> String { "\\u{\(String(scalar.value, radix: 16))}" }

  /// How many columns a scalar takes on a terminal: none for marks that join the one before, two for wide ones.
  static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x20..<0x7F: return 1
    case 0x200B...0x200D, 0xFE00...0xFE0F, 0x1F3FB...0x1F3FF: return 0
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
      0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
      0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default:
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark: return 0
      default: return scalar.properties.isEmojiPresentation ? 2 : 1
      }
    }
  }
}
