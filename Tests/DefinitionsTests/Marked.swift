import Diagnostics

/// A text in which `«` and `»` show where a finding must point: the text without them, and the places.
struct Marked {
  let text: String
  let spans: [(start: Position, end: Position)]

  init(_ marked: String) {
    var text = String.UnicodeScalarView()
    var spans: [(start: Position, end: Position)] = []
    var place = Position(line: 1, column: 1)
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "«": spans.append((place, place))
      case "»": spans[spans.count - 1].end = place
      default:
        text.append(scalar)
        place =
          scalar == "\n" ? Position(line: place.line + 1, column: 1) : Position(line: place.line, column: place.column + 1)
      }
    }
    self.text = String(text)
    self.spans = spans
  }
}

extension Marked {
  func spans(in file: String) -> [SourceSpan] { spans.map { SourceSpan(file: file, start: $0.start, end: $0.end) } }
}
