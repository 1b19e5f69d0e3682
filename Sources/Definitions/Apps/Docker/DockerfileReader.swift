/// Reads a Dockerfile's lines into instructions: continuations joined, comments left out, here-documents passed by.
struct DockerfileReader {
  private let text: SourceText
  private let lines: [Range<Int>]
  private var next = 0
  private var escape = UInt8(ascii: "\\")

  init(_ text: SourceText) {
    self.text = text
    lines = text.lines
  }

  mutating func read() -> [Dockerfile.Instruction] {
    readDirectives()
    var instructions: [Dockerfile.Instruction] = []
    while next < lines.count {
      if let instruction = instruction() { instructions.append(instruction) }
    }
    return instructions
  }

  /// The comments at the very top that set something: `# escape=` and a back quote.
  private mutating func readDirectives() {
    while next < lines.count {
      let line = trimmed(lines[next])
      guard line.first == UInt8(ascii: "#"), let equals = line.firstIndex(of: UInt8(ascii: "=")) else { return }
      let name = trimmed(line.startIndex + 1..<equals)
      let value = trimmed(equals + 1..<line.endIndex)
      guard !name.isEmpty, name.allSatisfy({ ByteSet.letters.contains($0) }) else { return }
      if String(decoding: name, as: UTF8.self).lowercased() == "escape", value.elementsEqual("`".utf8) {
        escape = UInt8(ascii: "`")
      }
      next += 1
    }
  }

  private mutating func instruction() -> Dockerfile.Instruction? {
    guard !isBlankOrComment(lines[next]) else {
      next += 1
      return nil
    }
    let line = gatherLine()
    let begin = line.bytes.firstIndex { !isBlank($0) } ?? line.count
    let end = line.bytes[begin...].firstIndex { isBlank($0) } ?? line.count
    let keyword = line[begin..<end].string.uppercased()
    var rest = line.dropFirst(end)
    var flags: [DockerWord] = []
    if DockerfileReader.withFlags.contains(keyword) {
      var words = DockerWords(rest, escape: escape)
      var after = 0
      while case .word(let word) = words.next(), word.content.string.hasPrefix("--"), word.content.count > 2 {
        flags.append(word)
        after = words.position
      }
      rest = rest.dropFirst(after)
    }
    let documents = DockerfileReader.withDocuments.contains(keyword) ? documents(in: rest) : []
    for document in documents { skip(document) }
    return Dockerfile.Instruction(
      keyword: keyword, place: line.span(begin..<end), flags: flags, arguments: trimmedLine(rest), escape: escape,
      hasDocument: !documents.isEmpty)
  }

  private static let withFlags: Set<String> = ["FROM", "COPY", "ADD", "RUN"]
  private static let withDocuments: Set<String> = ["COPY", "ADD", "RUN"]

  /// A line and what continues it; comments and blank lines in between do not end it.
  private mutating func gatherLine() -> GatheredLine {
    var gathered = GatheredLine()
    while true {
      let line = lines[next]
      next += 1
      guard let mark = continuation(line) else {
        gathered.append(text.bytes[line])
        return gathered
      }
      gathered.append(text.bytes[line.lowerBound..<mark])
      while next < lines.count, isBlankOrComment(lines[next]) { next += 1 }
      if next == lines.count { return gathered }
    }
  }

  /// Where the mark at a line's end stands that says it goes on; one that is escaped is none.
  private func continuation(_ line: Range<Int>) -> Int? {
    guard let last = text.bytes[line].lastIndex(where: { !isBlank($0) }), text.bytes[last] == escape else { return nil }
    return last > line.lowerBound && text.bytes[last - 1] == escape ? nil : last
  }

  // MARK: Here-documents

  private struct Document {
    var end: String
    var ignoresTabs: Bool
  }

  private func documents(in line: GatheredLine) -> [Document] {
    var found: [Document] = []
    for part in line.bytes.split(whereSeparator: { isBlank($0) }) {
      var part = part.drop { ByteSet.digits.contains($0) }
      guard part.starts(with: "<<".utf8) else { continue }
      part = part.dropFirst(2)
      let ignoresTabs = part.first == UInt8(ascii: "-")
      if ignoresTabs { part = part.dropFirst() }
      let name = part.filter { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") }
      guard let first = name.first, ByteSet.letters.contains(first) || first == UInt8(ascii: "_") else { continue }
      found.append(Document(end: String(decoding: name, as: UTF8.self), ignoresTabs: ignoresTabs))
    }
    return found
  }

  private mutating func skip(_ document: Document) {
    while next < lines.count {
      var line = text.bytes[lines[next]]
      next += 1
      if document.ignoresTabs { line = line.drop { $0 == UInt8(ascii: "\t") } }
      if line.elementsEqual(document.end.utf8) { return }
    }
  }

  // MARK: Bytes

  private func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

  private func isBlankOrComment(_ line: Range<Int>) -> Bool {
    guard let first = text.bytes[line].first(where: { !isBlank($0) }) else { return true }
    return first == UInt8(ascii: "#")
  }

  private func trimmed(_ range: Range<Int>) -> ArraySlice<UInt8> {
    var slice = text.bytes[range].drop { isBlank($0) }
    while let last = slice.last, isBlank(last) { slice = slice.dropLast() }
    return slice
  }

  private func trimmedLine(_ line: GatheredLine) -> GatheredLine {
    let begin = line.bytes.firstIndex { !isBlank($0) } ?? line.count
    let end = line.bytes.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? begin
    return line[begin..<max(begin, end)]
  }
}
