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
    let last = scalars.lastIndex { $0 != " " && $0 != "\t" }.map { $0 + 1 } ?? scalars.count
    let end = span.end.line == span.start.line ? min(span.end.column - 1, scalars.count) : last
    var line = ""
    var lead = ""
    var width = 0
    for (index, scalar) in scalars.enumerated() {
      // Tabs are kept in both rows, so that the marks stand below what they mark whatever a tab is set to.
      let shown: String
      let columns: Int
      if scalar == "\t" {
        (shown, columns) = ("\t", 1)
      } else if TerminalText.mustEscape(scalar) {
        shown = TerminalText.escape(scalar)
        columns = shown.utf8.count
      } else {
        (shown, columns) = (String(scalar), TerminalText.width(scalar))
      }
      line.unicodeScalars.append(contentsOf: shown.unicodeScalars)
      if index < begin {
        lead += scalar == "\t" ? "\t" : String(repeating: " ", count: columns)
      } else if index < end {
        width += columns
      }
    }
    self.line = line
    marks = lead + String(repeating: mark, count: max(1, width))
  }
}
