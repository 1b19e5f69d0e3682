/// Text of any origin inside Markdown as GitHub and GitLab render it.
enum MarkdownText {
  /// As a part of a sentence: nothing in it is markup, HTML, a reference or a mention.
  static func escaped(_ text: String) -> String {
    var safe = ""
    for scalar in TerminalText.escaped(text).unicodeScalars {
      switch scalar {
      case "<": safe += "&lt;"
      case ">": safe += "&gt;"
      case "&": safe += "&amp;"
      // What follows is no name then, and no number: a character that takes no room stands between.
      case "@", "#": safe += "\(scalar)\u{2060}"
      case "\\", "`", "*", "_", "[", "]", "|", "~", "$": safe += "\\\(scalar)"
      default: safe.unicodeScalars.append(scalar)
      }
    }
    return safe
  }

  /// Lines as they are, in a block of code that no line of them can end.
  static func fenced(_ lines: [String], language: String = "") -> String {
    let runs = lines.flatMap { $0.split { $0 != "`" }.map(\.count) }
    let fence = String(repeating: "`", count: max(3, (runs.max() ?? 0) + 1))
    return ([fence + language] + lines + [fence]).joined(separator: "\n")
  }
}
