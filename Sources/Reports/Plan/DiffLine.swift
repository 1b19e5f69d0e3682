/// A line of a difference in the unified format.
struct DiffLine {
  enum Kind: String { case added, removed, context, place }

  var kind: Kind
  /// The whole line, with its first character.
  var text: String

  static func lines(of hunks: String) -> [DiffLine] {
    var lines = hunks.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { DiffLine(kind: kind(of: $0), text: TerminalText.escapedText(String($0))) }
  }

  private static func kind(of line: Substring) -> Kind {
    switch line.first {
    case "+": .added
    case "-": .removed
    case "@": .place
    default: .context
    }
  }
}
