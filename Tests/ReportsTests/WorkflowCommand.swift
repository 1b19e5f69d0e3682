/// A workflow command as the program reads it that runs a workflow's steps: the rules of its parser, not those of our writer.
struct WorkflowCommand: Equatable {
  var name: String
  var properties: [String: String]
  var data: String

  /// Nil for a line that is no command, and is only printed.
  init?(line: String) {
    let mark = "::"
    let line = line.drop { $0.isWhitespace }
    guard line.hasPrefix(mark) else { return nil }
    let rest = line.dropFirst(2)
    guard let end = rest.range(of: mark) else { return nil }
    let head = rest[..<end.lowerBound]
    let words = head.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    name = String(words[0])
    properties = [:]
    if words.count > 1 {
      for property in words[1].split(separator: ",") {
        let parts = property.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2 {
          properties[String(parts[0])] = WorkflowCommand.unescaped(
            parts[1], [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")])
        }
      }
    }
    data = WorkflowCommand.unescaped(rest[end.upperBound...], [("%0D", "\r"), ("%0A", "\n"), ("%25", "%")])
  }

  private static func unescaped(_ text: Substring, _ codes: [(String, String)]) -> String {
    // One after the other, the per cent sign last, as the runner does it.
    codes.reduce(String(text)) { $0.replacing($1.0, with: $1.1) }
  }
}

extension Substring {
  fileprivate func range(of mark: String) -> Range<Index>? { ranges(of: mark).first }
}
