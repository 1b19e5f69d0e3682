import Diagnostics
import YAML

/// The comments of a file that silence findings.
///
/// `# spaceform: ignore SF203` silences the rules it names on its own line or, when it stands alone, on the next line that is no
/// comment; `# spaceform: ignore-file SF203` in the whole file. Several ids are separated by commas; what follows the last is the reason.
struct Suppressions: Sendable {
  struct Entry: Sendable {
    struct Target: Sendable {
      /// In upper case.
      var id: String
      var span: SourceSpan
    }

    enum Reach: Hashable, Sendable {
      case file
      case line(Int)
      /// It stands alone, and no line follows.
      case nothing
    }

    var reach: Reach
    var targets: [Target]
    /// From the comment's mark to its end.
    var comment: SourceSpan
    /// The comment is all there is on its line.
    var standsAlone: Bool
    /// What goes when the comment goes: its line, or it and the blanks before it.
    var removal: SourceSpan
  }

  private(set) var entries: [Entry] = []

  /// - Parameter document: what the YAML reader says of the text, so that what only looks like a comment is not taken for one; nil
  ///   for a text that is no YAML, where every usual mark of a comment counts.
  init(_ text: SourceText, document: YAMLDocument? = nil) {
    guard Suppressions.mayHold(text.bytes) else { return }
    let lines = text.lines
    // From the end, so that the next line that is no comment is known at each.
    var next: Int?
    for (index, line) in lines.enumerated().reversed() {
      let isLast = index == lines.count - 1
      if var entry = Suppressions.entry(in: line, number: index + 1, text, isYAML: document != nil, isLast: isLast),
        document?.isOpaque(entry.comment.start) != true
      {
        if entry.reach != .file, entry.standsAlone { entry.reach = next.map { .line($0 + 1) } ?? .nothing }
        entries.append(entry)
      }
      if !Suppressions.isBlankOrComment(text.bytes[line]) { next = index }
    }
    entries.reverse()
  }

  /// Whether it is worth looking at the lines.
  static func mayHold(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.firstRange(of: word) != nil }

  private static let word = Array("spaceform:".utf8)

  private static func entry(
    in line: Range<Int>, number: Int, _ text: SourceText, isYAML: Bool, isLast: Bool
  ) -> Entry? {
    func span(_ range: Range<Int>) -> SourceSpan { text.span(range, on: number, from: line.lowerBound) }
    let bytes = text.bytes[line]
    guard let found = bytes.firstRange(of: word), let mark = commentMark(before: found.lowerBound, bytes, isYAML: isYAML) else {
      return nil
    }
    var scan = Scan(bytes: bytes, index: found.upperBound)
    scan.skipBlanks()
    let isWholeFile: Bool
    switch scan.word() {
    case "ignore": isWholeFile = false
    case "ignore-file": isWholeFile = true
    default: return nil
    }
    var targets: [Entry.Target] = []
    while true {
      scan.skipBlanks(and: UInt8(ascii: ","))
      let begin = scan.index
      let id = scan.word().uppercased()
      guard id.hasPrefix("SF"), id.count > 2, id.dropFirst(2).allSatisfy(\.isNumber) else { break }
      targets.append(Entry.Target(id: id, span: span(begin..<scan.index)))
    }
    let comment = span(mark..<line.upperBound)
    let content = bytes[..<mark].lastIndex { !isBlank($0) }
    let removal =
      content.map { span($0 + 1..<line.upperBound) }
      ?? SourceSpan(
        file: text.file, start: Position(line: number, column: 1),
        end: isLast ? comment.end : Position(line: number + 1, column: 1))
    return Entry(
      reach: isWholeFile ? .file : .line(number), targets: targets, comment: comment, standsAlone: content == nil,
      removal: removal)
  }

  /// Where the comment begins that the directive stands in; nil when it stands in none.
  private static func commentMark(before index: Int, _ bytes: ArraySlice<UInt8>, isYAML: Bool) -> Int? {
    let lead = bytes[..<index]
    guard let last = lead.lastIndex(where: { !isBlank($0) }) else { return nil }
    if isYAML {
      guard lead[last] == UInt8(ascii: "#"), last == lead.startIndex || isBlank(lead[last - 1]) else { return nil }
      return last
    }
    for mark in ["#", "//", "/*", "<!--", "--", ";"] where lead[...last].ends(with: mark.utf8) {
      return last + 1 - mark.utf8.count
    }
    return nil
  }

  private static func isBlankOrComment(_ line: ArraySlice<UInt8>) -> Bool {
    guard let first = line.first(where: { !isBlank($0) }) else { return true }
    return first == UInt8(ascii: "#") || line.drop(while: { isBlank($0) }).starts(with: "//".utf8)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

  private struct Scan {
    let bytes: ArraySlice<UInt8>
    var index: Int

    mutating func skipBlanks(and other: UInt8 = UInt8(ascii: " ")) {
      while index < bytes.endIndex, isBlank(bytes[index]) || bytes[index] == other { index += 1 }
    }

    /// Letters, digits and hyphens.
    mutating func word() -> String {
      let begin = index
      while index < bytes.endIndex {
        switch bytes[index] {
        case 48...57, 65...90, 97...122, UInt8(ascii: "-"): index += 1
        default: return String(decoding: bytes[begin..<index], as: UTF8.self)
        }
      }
      return String(decoding: bytes[begin..<index], as: UTF8.self)
    }
  }
}

extension ArraySlice<UInt8> {
  fileprivate func ends(with suffix: String.UTF8View) -> Bool {
    count >= suffix.count && self.suffix(suffix.count).elementsEqual(suffix)
  }

  /// Where a short run of bytes is first, by its rarest-looking byte last.
  fileprivate func firstRange(of word: [UInt8]) -> Range<Int>? {
    guard let last = word.last, count >= word.count else { return nil }
    var index = startIndex + word.count - 1
    while index < endIndex {
      if self[index] == last, self[(index + 1 - word.count)...index].elementsEqual(word) {
        return index + 1 - word.count..<index + 1
      }
      index += 1
    }
    return nil
  }
}
