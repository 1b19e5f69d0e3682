/// The names and texts of a Python file, without its comments: enough to find a keyword argument, and no more.
struct PythonTokens {
  enum Token: Sendable, Hashable {
    case name(String, Range<Int>)
    /// A plain text on one line or several, and where its inside stands; nil for one that is put together (`f"…"`).
    case text(String?, Range<Int>)
    case mark(UInt8)
  }

  private let bytes: ArraySlice<UInt8>
  private var index: Int

  init(_ text: SourceText) {
    bytes = text.bytes
    index = bytes.startIndex
  }

  mutating func next() -> Token? {
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte == UInt8(ascii: "#") {
        index = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        return text(isPlain: true)
      } else if ByteSet.word.contains(byte) || byte >= 128 {
        let end = bytes[index...].firstIndex { !ByteSet.word.contains($0) && $0 < 128 } ?? bytes.endIndex
        let name = String(decoding: bytes[index..<end], as: UTF8.self)
        let range = index..<end
        index = end
        guard end < bytes.endIndex, bytes[end] == UInt8(ascii: "\"") || bytes[end] == UInt8(ascii: "'"),
          name.count <= 2, name.lowercased().allSatisfy({ "rbfut".contains($0) })
        else { return .name(name, range) }
        return text(isPlain: !name.lowercased().contains { "fbt".contains($0) })
      } else {
        index += 1
        if !ByteSet(" \t\r\n\\").contains(byte) { return .mark(byte) }
      }
    }
    return nil
  }

  private mutating func text(isPlain: Bool) -> Token {
    let quote = bytes[index]
    let isLong = bytes[index...].starts(with: [quote, quote, quote])
    index += isLong ? 3 : 1
    let begin = index
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\\") {
        index = min(index + 2, bytes.endIndex)
        continue
      }
      if byte == quote, !isLong || bytes[index...].starts(with: [quote, quote, quote]) {
        let range = begin..<index
        index += isLong ? 3 : 1
        return .text(isPlain ? String(decoding: bytes[range], as: UTF8.self) : nil, range)
      }
      // A short text ends with its line, whether it was closed or not.
      if !isLong, byte == UInt8(ascii: "\n") { break }
      index += 1
    }
    return .text(nil, begin..<index)
  }
}
