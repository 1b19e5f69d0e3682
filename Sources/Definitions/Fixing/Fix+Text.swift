import Diagnostics

extension Fix {
  /// Writes another word in the place of a scalar's text, inside its quotes where it has any.
  ///
  /// Nil where more stands at the place than that text: an anchor, escapes, several lines.
  static func replacing(_ text: String, at span: SourceSpan, by replacement: String) -> Fix? {
    span.inside(text).map { Fix("write `\(replacement)`", edits: [Edit($0, replacement: replacement)]) }
  }

  /// Writes the one word of several that differs from a scalar's text in letter case only; nil when there is none, and as above.
  static func letterCase(of text: String, at span: SourceSpan, among words: [String]) -> Fix? {
    let same = words.filter { $0.lowercased() == text.lowercased() }
    return same.count == 1 && same[0] != text ? replacing(text, at: span, by: same[0]) : nil
  }

  /// Puts something before a scalar's text, inside its quotes where it has any; nil as above.
  static func prefixing(_ text: String, at span: SourceSpan, with prefix: String) -> Fix? {
    span.inside(text).map { inside in
      let start = SourceSpan(file: inside.file, start: inside.start)
      return Fix("write `\(prefix)\(text)`", edits: [Edit(start, replacement: prefix)])
    }
  }

  /// Puts quotes around a bare scalar; nil as above.
  static func quoting(_ text: String, at span: SourceSpan) -> Fix? {
    guard span.inside(text) == span else { return nil }
    return Fix("put `\(text)` in quotes", edits: [Edit(span, replacement: "\"\(text)\"")])
  }
}

extension SourceSpan {
  /// Where a scalar's text stands inside the scalar: all of it, or what is between its quotes. Nil when the text is not on the page
  /// as it is meant, on one line.
  func inside(_ text: String) -> SourceSpan? {
    guard start.line == end.line else { return nil }
    switch end.column - start.column - text.unicodeScalars.count {
    case 0: return self
    case 2:
      return SourceSpan(
        file: file, start: Position(line: start.line, column: start.column + 1),
        end: Position(line: end.line, column: end.column - 1))
    default: return nil
    }
  }
}
