/// The lines of a text, broken where libyaml breaks them, so that its line numbers find them.
struct SourceLines {
  private var lines: [[Unicode.Scalar]] = []

  init(_ text: String) {
    var line: [Unicode.Scalar] = []
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n" where previous == "\r": break
      case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}":
        lines.append(line)
        line = []
      default: line.append(scalar)
      }
      previous = scalar
    }
    lines.append(line)
  }

  /// A line by its number from 1; nil when there is none, or when it holds nothing.
  subscript(number: Int) -> [Unicode.Scalar]? {
    guard lines.indices.contains(number - 1), !lines[number - 1].isEmpty else { return nil }
    return lines[number - 1]
  }
}
