/// Prose, broken into lines.
enum Paragraph {
  /// - Parameter width: columns of a line, unless a single word is longer.
  static func wrapped(_ text: String, to width: Int) -> String {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, Columns.count(last) + 1 + Columns.count(String(word)) <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines.joined(separator: "\n")
  }
}
