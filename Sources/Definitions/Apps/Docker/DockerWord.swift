/// One word of an instruction: what it means, and where it stands.
struct DockerWord: Sendable, Hashable {
  enum Piece: Sendable, Hashable {
    case text(String)
    /// `$NAME` or `${NAME}`.
    case variable(String)
    /// What only a shell can tell: `$(date)`, `${NAME:-other}`.
    case unknown
  }

  private(set) var pieces: [Piece] = []
  /// The bytes of its text with their places; of a word that is not literal, of the parts that are.
  private(set) var content = GatheredLine()
  /// In the file, quotes included.
  var range: Range<Int>

  init(at place: Int) { range = place..<place }

  /// A word that means its bytes.
  init(literal line: GatheredLine, range: Range<Int>) {
    content = line
    pieces = [.text(line.string)]
    self.range = range
  }

  mutating func append(_ byte: UInt8, at place: Int) {
    content.append(byte, at: place)
    run.append(byte)
  }

  mutating func append(_ piece: Piece) {
    close()
    pieces.append(piece)
  }

  // Bytes are gathered and decoded together: a character may have several.
  private var run: [UInt8] = []

  mutating func close() {
    guard !run.isEmpty else { return }
    pieces.append(.text(String(decoding: run, as: UTF8.self)))
    run = []
  }

  /// The text of a word without variables.
  var literal: String? {
    var text = ""
    for piece in pieces {
      guard case .text(let part) = piece else { return nil }
      text += part
    }
    return text
  }

  func resolved(_ variables: DockerVariables) -> String? {
    var text = ""
    for piece in pieces {
      switch piece {
      case .text(let part): text += part
      case .variable(let name):
        guard let value = variables[name] else { return nil }
        text += value
      case .unknown: return nil
      }
    }
    return text
  }

  /// The name and value of `NAME=value`.
  var assignment: (name: String, value: DockerWord)? {
    guard case .text(let first) = pieces.first, let equals = first.utf8.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    let name = String(first[..<equals])
    guard !name.isEmpty, name.utf8.allSatisfy({ ByteSet.word.contains($0) }) else { return nil }
    var value = self
    let rest = String(first[first.utf8.index(after: equals)...])
    value.pieces[0] = .text(rest)
    let skipped = name.utf8.count + 1
    value.content = content.dropFirst(skipped)
    if !value.content.isEmpty { value.range = min(value.content.span.lowerBound, range.upperBound)..<range.upperBound }
    return (name, value)
  }

  /// Where the last bytes of a literal word stand: a value behind `--port=`.
  func range(ofLast count: Int) -> Range<Int> {
    guard literal != nil, count > 0, count <= content.count else { return range }
    return content.span(content.count - count..<content.count)
  }
}
