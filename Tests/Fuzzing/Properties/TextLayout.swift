import Diagnostics

/// How long each line of a text is: what a place must lie within. Counted apart from the code under test.
struct TextLayout {
  /// Of each line, in Unicode scalars, its end left out.
  private let widths: [Int]

  /// - Parameter bytes: a file as it is; a byte order mark does not count, and each stretch that is no UTF-8 is what it is shown as.
  init(_ bytes: [UInt8]) {
    let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars
    var widths: [Int] = []
    var width = 0
    var isAfterReturn = false
    for scalar in scalars.first == "\u{FEFF}" ? scalars.dropFirst() : scalars[...] {
      switch scalar {
      case "\n" where isAfterReturn: break
      case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}":
        widths.append(width)
        width = 0
      default: width += 1
      }
      isAfterReturn = scalar == "\r"
    }
    self.widths = widths + [width]
  }

  /// Whether a line has anything that could be shown.
  func hasText(_ line: Int) -> Bool { widths.indices.contains(line - 1) && widths[line - 1] > 0 }

  /// Whether the place is in the text, or just behind its last character or the last one of a line.
  func holds(_ place: Position) -> Bool {
    widths.indices.contains(place.line - 1) && (1...widths[place.line - 1] + 1).contains(place.column)
  }

  func holds(_ span: SourceSpan) -> Bool { holds(span.start) && holds(span.end) && span.start <= span.end }
}
