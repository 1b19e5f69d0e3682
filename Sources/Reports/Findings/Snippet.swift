import Diagnostics

/// A line of a file as it is shown, and the marks below it.
struct Snippet {
  let line: String
  let marks: String

  /// - Parameters:
  ///   - scalars: the line.
  ///   - span: what to mark; only its part on this line is.
  ///   - mark: `^` for what is wrong, `-` for what explains it.
  init(_ scalars: [Unicode.Scalar], span: SourceSpan, mark: Character) {
    let begin = min(max(span.start.column - 1, 0), scalars.count)
    let window = Snippet.window(around: begin, of: scalars.count)
    let last = scalars[window].lastIndex { $0 != " " && $0 != "\t" }.map { $0 + 1 } ?? window.upperBound
    let end = span.end.line == span.start.line ? min(span.end.column - 1, window.upperBound) : last
    var line = window.lowerBound > 0 ? "…" : ""
    var lead = window.lowerBound > 0 ? " " : ""
    var width = 0
    for index in window {
      let scalar = scalars[index]
      // Tabs are kept in both rows, so that the marks stand below what they mark whatever a tab is set to.
      let columns: Int
      if scalar != "\t", TerminalText.mustEscape(scalar) {
        let shown = TerminalText.escape(scalar)
        line += shown
        columns = shown.utf8.count
      } else {
        line.unicodeScalars.append(scalar)
        columns = scalar == "\t" ? 1 : TerminalText.width(scalar)
      }
      if index < begin {
        lead += scalar == "\t" ? "\t" : String(repeating: " ", count: columns)
      } else if index < end {
        width += columns
      }
    }
    self.line = window.upperBound < scalars.count ? line + "…" : line
    marks = lead + String(repeating: mark, count: max(1, width))
  }

  /// Scalars of a line that are shown at most: a longer one was not written by hand, and no terminal shows it whole.
  static let limit = 240
  /// Scalars of such a line that stand before the mark.
  private static let context = 60

  private static func window(around begin: Int, of count: Int) -> Range<Int> {
    guard count > limit else { return 0..<count }
    let start = max(0, min(begin - context, count - limit))
    return start..<start + limit
  }
}
