import Diagnostics
import YAML

/// What keeps a README's front matter from being read as one: everything in it would be body, and the Space without its card.
enum FrontMatterFlaw {
  /// A block that is YAML and no mapping.
  static func finding(root: YAMLNode, file: String) -> Finding? {
    guard root.entries == nil else { return nil }
    return Rule.frontMatterForm.finding(
      "the front matter is \(ShapeCheck.kind(of: root)), not a mapping of keys",
      help: "Write `key: value` lines between the two lines of `---`.", at: root.span(in: file))
  }

  /// A block that was not found, although keys follow a first line of dashes: it has no end, or blanks stand beside the dashes.
  static func finding(unread text: SourceText) -> Finding? {
    let lines = text.lines
    guard let first = lines.firstIndex(where: { !isBlank(text.bytes[$0]) }), isFence(text.bytes[lines[first]]),
      let next = lines[(first + 1)...].first(where: { !isBlank(text.bytes[$0]) }), isKey(text.bytes[next])
    else { return nil }
    guard let last = lines[(first + 1)...].first(where: { isFence(text.bytes[$0]) }) else {
      return Rule.frontMatterForm.finding(
        "the front matter that begins here has no end", help: "Write a line of `---`, and nothing else, after its last key.",
        at: text.span(lines[first]))
    }
    let spans = [lines[first], last].filter { $0.count > 3 }.map(text.span)
    return spans.first.map {
      Rule.frontMatterForm.finding(
        "blanks beside `---` keep the front matter from being found", help: "Write `---` and nothing else on the line.", at: $0,
        fix: Fix("remove the blanks", edits: spans.map { Fix.Edit($0, replacement: "---") }))
    }
  }

  private static func isFence(_ line: ArraySlice<UInt8>) -> Bool {
    let word = line.drop(while: isBlank)
    return word.starts(with: "---".utf8) && isBlank(word.dropFirst(3))
  }

  /// A name and a colon: a rule drawn with dashes is followed by prose.
  private static func isKey(_ line: ArraySlice<UInt8>) -> Bool {
    let name = line.prefix { isLetter($0) || (48...57).contains($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
    let rest = line.dropFirst(name.count)
    return name.first.map(isLetter) ?? false && rest.first == UInt8(ascii: ":") && rest.dropFirst().first.map(isBlank) ?? true
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) }
  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
  private static func isBlank(_ line: ArraySlice<UInt8>) -> Bool { line.allSatisfy(isBlank) }
}
