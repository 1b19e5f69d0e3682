import Diagnostics

/// A text file of the project whose places can be named: bytes in, lines and columns out.
///
/// Lines break where libyaml breaks them, and columns count Unicode scalars, as everywhere in findings. A byte order mark counts as
/// nothing.
struct SourceText: Sendable {
  /// Relative to the project folder.
  let file: String
  /// Without a byte order mark.
  let bytes: ArraySlice<UInt8>

  init(_ bytes: [UInt8], file: String) {
    self.file = file
    self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
  }

  /// Nil when the bytes are no text: a NUL among the first 8,000, which is how git tells.
  init?(textOf bytes: [UInt8], file: String) {
    guard !bytes.prefix(8000).contains(0) else { return nil }
    self.init(bytes, file: file)
  }

  var string: String { String(decoding: bytes, as: UTF8.self) }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  // MARK: Lines

  /// The indices of every line's bytes, without its break. Counted anew at each call.
  var lines: [Range<Int>] {
    var lines: [Range<Int>] = []
    var begin = bytes.startIndex
    var index = begin
    while index < bytes.endIndex {
      let length = breakLength(at: index)
      if length > 0 {
        lines.append(begin..<index)
        begin = index + length
      }
      index += max(1, length)
    }
    lines.append(begin..<bytes.endIndex)
    return lines
  }

  /// How many bytes the line break that begins here has; 0 where none does.
  private func breakLength(at index: Int) -> Int {
    switch bytes[index] {
    case UInt8(ascii: "\n"): 1
    case UInt8(ascii: "\r"): index + 1 < bytes.endIndex && bytes[index + 1] == UInt8(ascii: "\n") ? 2 : 1
    // U+0085, U+2028 and U+2029 in UTF-8.
    case 0xC2: index + 1 < bytes.endIndex && bytes[index + 1] == 0x85 ? 2 : 0
    case 0xE2:
      index + 2 < bytes.endIndex && bytes[index + 1] == 0x80 && (bytes[index + 2] == 0xA8 || bytes[index + 2] == 0xA9) ? 3 : 0
    default: 0
    }
  }

  // MARK: Places. Counted from the beginning each time: findings are few.

  func position(_ target: Int) -> Position {
    var place = Position(line: 1, column: 1)
    var index = bytes.startIndex
    while index < target {
      let length = breakLength(at: index)
      if length > 0 {
        place = Position(line: place.line + 1, column: 1)
        index += length
      } else {
        if bytes[index] & 0xC0 != 0x80 { place.column += 1 }
        index += 1
      }
    }
    return place
  }

  func span(_ range: Range<Int>) -> SourceSpan {
    SourceSpan(file: file, start: position(range.lowerBound), end: position(range.upperBound))
  }

  /// As `span`, of a range inside one line whose number and beginning are known: a file may be all lines that are looked at.
  func span(_ range: Range<Int>, on line: Int, from begin: Int) -> SourceSpan {
    let start = bytes[begin..<range.lowerBound].count { $0 & 0xC0 != 0x80 }
    let length = bytes[range].count { $0 & 0xC0 != 0x80 }
    return SourceSpan(
      file: file, start: Position(line: line, column: start + 1), end: Position(line: line, column: start + length + 1))
  }

  /// As `index`, with the lines already counted: for many places of one text.
  func index(_ place: Position, in lines: [Range<Int>]) -> Int {
    guard place.line > 0, place.line <= lines.count else { return bytes.endIndex }
    var column = 1
    for index in lines[place.line - 1] where bytes[index] & 0xC0 != 0x80 {
      if column == place.column { return index }
      column += 1
    }
    return lines[place.line - 1].upperBound
  }

  /// The index of a place: the end of its line when the line is shorter, the end of the text when that is.
  func index(_ place: Position) -> Int {
    var line = 1
    var index = bytes.startIndex
    while line < place.line, index < bytes.endIndex {
      let length = breakLength(at: index)
      if length > 0 { line += 1 }
      index += max(1, length)
    }
    guard line == place.line else { return bytes.endIndex }
    var column = 1
    while index < bytes.endIndex, breakLength(at: index) == 0 {
      if bytes[index] & 0xC0 != 0x80 {
        if column == place.column { break }
        column += 1
      }
      index += 1
    }
    return index
  }
}
