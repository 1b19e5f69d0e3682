/// Splits a line into words, as a Dockerfile does or as a shell does.
struct DockerWords {
  enum Token: Sendable {
    case word(DockerWord)
    /// Of a shell: `&&`, `|`, `>`.
    case control(String, Range<Int>)
  }

  private let line: GatheredLine
  private let escape: UInt8
  private let isShell: Bool
  private var index = 0

  init(_ line: GatheredLine, escape: UInt8 = UInt8(ascii: "\\"), isShell: Bool = false) {
    self.line = line
    self.escape = isShell ? UInt8(ascii: "\\") : escape
    self.isShell = isShell
  }

  /// Every word of a line that is no shell's.
  static func all(_ line: GatheredLine, escape: UInt8) -> [DockerWord] {
    var words = DockerWords(line, escape: escape)
    var found: [DockerWord] = []
    while case .word(let word) = words.next() { found.append(word) }
    return found
  }

  /// How much of the line was read.
  var position: Int { index }

  mutating func next() -> Token? {
    while index < line.count, isBlank(line.bytes[index]) { index += 1 }
    guard index < line.count else { return nil }
    if isShell {
      if line.bytes[index] == UInt8(ascii: "#") {
        index = line.bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? line.count
        return next()
      }
      if let control = control() { return control }
    }
    return .word(word())
  }

  private mutating func control() -> Token? {
    let begin = index
    if line.bytes[index] == UInt8(ascii: "\n") {
      index += 1
      return .control(";", line.span(begin..<index))
    }
    while index < line.count, DockerWords.controls.contains(line.bytes[index]) { index += 1 }
    guard index > begin else { return nil }
    return .control(String(decoding: line.bytes[begin..<index], as: UTF8.self), line.span(begin..<index))
  }

  private static let controls = ByteSet(";&|<>()")

  private mutating func word() -> DockerWord {
    let begin = index
    var word = DockerWord(at: line.places[index])
    while index < line.count, !isBlank(line.bytes[index]) {
      let byte = line.bytes[index]
      if isShell, DockerWords.controls.contains(byte) || byte == UInt8(ascii: "\n") { break }
      switch byte {
      case escape: takeEscaped(into: &word)
      case UInt8(ascii: "'"): takeSingleQuoted(into: &word)
      case UInt8(ascii: "\""): takeDoubleQuoted(into: &word)
      case UInt8(ascii: "$"): takeVariable(into: &word)
      case UInt8(ascii: "`") where isShell: takeCommand(into: &word)
      default: take(into: &word)
      }
    }
    word.close()
    word.range = line.span(begin..<index)
    return word
  }

  private mutating func take(into word: inout DockerWord) {
    word.append(line.bytes[index], at: line.places[index])
    index += 1
  }

  private mutating func takeEscaped(into word: inout DockerWord) {
    if index + 1 < line.count { index += 1 }
    take(into: &word)
  }

  private mutating func takeSingleQuoted(into word: inout DockerWord) {
    index += 1
    while index < line.count, line.bytes[index] != UInt8(ascii: "'") { take(into: &word) }
    index = min(index + 1, line.count)
  }

  private mutating func takeDoubleQuoted(into word: inout DockerWord) {
    index += 1
    while index < line.count, line.bytes[index] != UInt8(ascii: "\"") {
      switch line.bytes[index] {
      case escape where index + 1 < line.count && ByteSet("\"\\$`").contains(line.bytes[index + 1]):
        takeEscaped(into: &word)
      case UInt8(ascii: "$"): takeVariable(into: &word)
      case UInt8(ascii: "`") where isShell: takeCommand(into: &word)
      default: take(into: &word)
      }
    }
    index = min(index + 1, line.count)
  }

  /// A command between back quotes: nobody knows what it prints.
  private mutating func takeCommand(into word: inout DockerWord) {
    index += 1
    while index < line.count, line.bytes[index] != UInt8(ascii: "`") { index += 1 }
    index = min(index + 1, line.count)
    word.append(.unknown)
  }

  private mutating func takeVariable(into word: inout DockerWord) {
    guard index + 1 < line.count else { return take(into: &word) }
    switch line.bytes[index + 1] {
    case UInt8(ascii: "{"):
      let name = name(from: index + 2)
      if !name.isEmpty, name.upperBound < line.count, line.bytes[name.upperBound] == UInt8(ascii: "}") {
        word.append(.variable(line[name].string))
        index = name.upperBound + 1
      } else {
        word.append(.unknown)
        index = end(of: UInt8(ascii: "{"), UInt8(ascii: "}"))
      }
    case UInt8(ascii: "(") where isShell:
      word.append(.unknown)
      index = end(of: UInt8(ascii: "("), UInt8(ascii: ")"))
    case let byte where ByteSet.letters.contains(byte) || byte == UInt8(ascii: "_"):
      let name = name(from: index + 1)
      word.append(.variable(line[name].string))
      index = name.upperBound
    case let byte where isShell && (ByteSet.digits + ByteSet("@*#?-$!")).contains(byte):
      word.append(.unknown)
      index += 2
    default: take(into: &word)
    }
  }

  private func name(from begin: Int) -> Range<Int> {
    var end = begin
    while end < line.count, ByteSet.word.contains(line.bytes[end]) { end += 1 }
    return begin..<end
  }

  /// After the bracket that closes the one behind the dollar sign here.
  private func end(of open: UInt8, _ close: UInt8) -> Int {
    var depth = 0
    var position = index + 1
    while position < line.count {
      if line.bytes[position] == open { depth += 1 }
      if line.bytes[position] == close { depth -= 1 }
      position += 1
      if depth == 0 { break }
    }
    return position
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
