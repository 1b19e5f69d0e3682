import Diagnostics

/// Places in a text as libyaml counts them: a line ends at LF, CR, CR LF, NEL, LS or PS; a column is a Unicode scalar.
extension Position {
  static let first = Position(line: 1, column: 1)

  /// The place just behind a text: the bytes of one character count once.
  init(behind text: UnsafeBufferPointer<UInt8>.SubSequence) {
    self = .first
    var index = text.startIndex
    while index < text.endIndex {
      let length = Position.lineEnd(text, at: index)
      if length > 0 {
        line += 1
        column = 1
      } else if text[index] & 0xC0 != 0x80 {
        column += 1
      }
      index += max(1, length)
    }
  }

  init(behind text: UnsafeBufferPointer<UInt8>) { self.init(behind: text[...]) }

  /// Whether a text's last character ends a line; a text of nothing does.
  static func endsLine(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let last = text.last else { return true }
    if last < 0x80 { return last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") }
    return (2...3).contains { $0 <= text.count && lineEnd(text[...], at: text.count - $0) == $0 }
  }

  /// How many bytes end a line here; 0 where none does.
  private static func lineEnd(_ text: UnsafeBufferPointer<UInt8>.SubSequence, at index: Int) -> Int {
    func follows(_ bytes: UInt8...) -> Bool { text[(index + 1)...].starts(with: bytes) }
    switch text[index] {
    case UInt8(ascii: "\n"): return 1
    case UInt8(ascii: "\r"): return follows(UInt8(ascii: "\n")) ? 2 : 1
    case 0xC2: return follows(0x85) ? 2 : 0
    case 0xE2: return follows(0x80, 0xA8) || follows(0x80, 0xA9) ? 3 : 0
    default: return 0
    }
  }
}
