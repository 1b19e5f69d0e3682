/// A `requirements.txt` taken apart, as far as rules ask: packages with their versions, and other files it names.
///
/// Whatever the bytes are, there is a result: a line that is not understood is left out.
struct Requirements: Sendable {
  struct Package: Sendable {
    /// Normalised: lower case, `-` for every separator.
    var name: String
    var specifiers: [VersionSpecifier]
    /// It holds only where a marker says so (`; python_version < "3.9"`).
    var hasMarker: Bool
    /// It comes from an address, so that the versions of the index say nothing.
    var hasAddress: Bool
    /// The name and the specifiers.
    var place: Range<Int>
  }

  /// Another file that must be there.
  struct Reference: Sendable {
    enum Kind: Sendable, Hashable {
      /// `-r`: more requirements, in the same form.
      case requirements
      /// `-c`: versions for packages that something else asks for.
      case constraints
      /// A package in a folder or an archive.
      case package
    }

    var kind: Kind
    var path: String
    var place: Range<Int>
  }

  private(set) var packages: [Package] = []
  private(set) var references: [Reference] = []
  let text: SourceText

  init(_ text: SourceText) {
    self.text = text
    for line in Requirements.lines(of: text) { read(line) }
  }

  // MARK: Lines

  /// Lines without comments, those joined that a backslash joins.
  private static func lines(of text: SourceText) -> [GatheredLine] {
    var lines: [GatheredLine] = []
    var gathered = GatheredLine()
    for line in text.lines {
      let bytes = withoutComment(text.bytes[line])
      if let last = bytes.last, last == UInt8(ascii: "\\") {
        gathered.append(bytes.dropLast())
        continue
      }
      gathered.append(bytes)
      lines.append(gathered)
      gathered = GatheredLine()
    }
    lines.append(gathered)
    return lines.filter { $0.bytes.contains { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") } }
  }

  private static func withoutComment(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    for index in line.indices where line[index] == UInt8(ascii: "#") {
      if index == line.startIndex || line[index - 1] == UInt8(ascii: " ") || line[index - 1] == UInt8(ascii: "\t") {
        return line[..<index]
      }
    }
    return line
  }

  private mutating func read(_ line: GatheredLine) {
    let words = DockerWords.all(line, escape: 0)
    guard let first = words.first, let head = first.literal else { return }
    if head.hasPrefix("-") {
      readOption(head, words)
      return
    }
    if Requirements.isPath(head) {
      note(.package, head, first.range(ofLast: first.content.count))
    } else {
      readPackage(line)
    }
  }

  private mutating func readOption(_ head: String, _ words: [DockerWord]) {
    let kinds: [(option: String, short: String, kind: Reference.Kind)] = [
      ("--requirement", "-r", .requirements), ("--constraint", "-c", .constraints), ("--editable", "-e", .package),
    ]
    for (option, short, kind) in kinds {
      var value: (String, Range<Int>)?
      if head == option || head == short {
        guard words.count > 1, let path = words[1].literal else { return }
        value = (path, words[1].range(ofLast: words[1].content.count))
      } else if head.hasPrefix(option + "=") {
        let path = String(head.dropFirst(option.count + 1))
        value = (path, words[0].range(ofLast: path.utf8.count))
      } else if !head.hasPrefix("--"), head.hasPrefix(short) {
        let path = String(head.dropFirst(2))
        value = (path, words[0].range(ofLast: path.utf8.count))
      }
      guard let (path, place) = value else { continue }
      note(kind, path, place)
      return
    }
  }

  private mutating func note(_ kind: Reference.Kind, _ path: String, _ place: Range<Int>) {
    var path = path[...]
    if let extras = path.lastIndex(of: "["), path.hasSuffix("]") { path = path[..<extras] }
    guard !path.isEmpty, !path.contains("://"), !path.hasPrefix("git+"), !path.hasPrefix("file:") else { return }
    references.append(Reference(kind: kind, path: String(path), place: place))
  }

  /// Whether a requirement is a path: it begins like one, or ends like an archive.
  private static func isPath(_ text: String) -> Bool {
    if text.contains("://") || text.contains("@") { return false }
    return text.hasPrefix("./") || text.hasPrefix("../") || text.hasPrefix("/")
      || [".whl", ".tar.gz", ".zip"].contains(where: text.hasSuffix)
  }

  // MARK: Packages

  private mutating func readPackage(_ line: GatheredLine) {
    let bytes = line.bytes
    let begin = bytes.firstIndex { !Requirements.isBlank($0) } ?? 0
    let characters = ByteSet.word + ByteSet(".-")
    let nameEnd = bytes[begin...].firstIndex { !characters.contains($0) } ?? bytes.count
    guard nameEnd > begin else { return }
    var index = Requirements.afterBlanks(bytes, nameEnd)
    if index < bytes.count, bytes[index] == UInt8(ascii: "[") {
      guard let close = bytes[index...].firstIndex(of: UInt8(ascii: "]")) else { return }
      index = Requirements.afterBlanks(bytes, close + 1)
    }
    let marker = bytes[index...].firstIndex(of: UInt8(ascii: ";"))
    let hasAddress = index < bytes.count && bytes[index] == UInt8(ascii: "@")
    var end = marker ?? bytes.count
    if let option = Requirements.option(in: bytes[index..<end]) { end = option }
    let conditions = line[index..<end].string.filter { $0 != "(" && $0 != ")" }.split(separator: ",").map(String.init)
      .filter { $0.contains { $0 != " " && $0 != "\t" } }
    let specifiers = hasAddress ? [] : conditions.compactMap(VersionSpecifier.init)
    // A condition that is not understood may allow anything.
    guard hasAddress || specifiers.count == conditions.count else { return }
    let last = bytes[..<end].lastIndex { !Requirements.isBlank($0) } ?? begin
    packages.append(
      Package(
        name: Requirements.normal(line[begin..<nameEnd].string), specifiers: specifiers, hasMarker: marker != nil,
        hasAddress: hasAddress, place: line.span(begin..<max(begin, last + 1))))
  }

  /// Where an option of the requirement begins: ` --hash=…`.
  private static func option(in bytes: ArraySlice<UInt8>) -> Int? {
    bytes.indices.first { index in
      bytes[index] == UInt8(ascii: "-") && index + 1 < bytes.endIndex && bytes[index + 1] == UInt8(ascii: "-")
        && index > bytes.startIndex && isBlank(bytes[index - 1])
    }
  }

  private static func afterBlanks(_ bytes: [UInt8], _ begin: Int) -> Int {
    bytes[begin...].firstIndex { !isBlank($0) } ?? bytes.count
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

  /// PEP 503: `Gradio_Client` and `gradio-client` are one package.
  static func normal(_ name: String) -> String {
    name.lowercased().split { $0 == "-" || $0 == "_" || $0 == "." }.joined(separator: "-")
  }
}
