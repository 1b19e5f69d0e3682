/// The places of a text where a name gets a text in quotes, whatever the language: `name = "value"`, `"name": 'value'`.
struct Assignments {
  private(set) var all: [(name: Range<Int>, value: Range<Int>)] = []

  init(_ text: SourceText) {
    for line in text.lines where line.count < 4096 { read(text.bytes[line]) }
  }

  private mutating func read(_ line: ArraySlice<UInt8>) {
    var index = line.startIndex
    while let mark = line[index...].firstIndex(where: { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ":") }) {
      index = mark + 1
      let blanks = ByteSet(" \t\"'`=:")
      guard let last = line[..<mark].lastIndex(where: { !blanks.contains($0) }),
        let open = line[index...].firstIndex(where: { !ByteSet(" \t=").contains($0) }),
        line[open] == UInt8(ascii: "\"") || line[open] == UInt8(ascii: "'") || line[open] == UInt8(ascii: "`"),
        let close = line[(open + 1)...].firstIndex(of: line[open])
      else { continue }
      let first = line[...last].lastIndex { !ByteSet.urlSafe.contains($0) }.map { $0 + 1 } ?? line.startIndex
      if first <= last { all.append((first..<last + 1, open + 1..<close)) }
      index = close + 1
    }
  }
}

extension SecretName {
  /// `apiKey` as `api_Key`.
  static func split(_ name: String) -> String {
    var words = ""
    var previous: Character?
    for character in name {
      if character.isUppercase, previous?.isLowercase == true { words.append("_") }
      words.append(character)
      previous = character
    }
    return words
  }
}
