import Diagnostics

extension Finding {
  /// Message and help as sentences, one after the other: for formats with one place for text.
  var sentences: String {
    let last = message.last.map { "?!.".contains($0) } ?? false
    return message + (last ? "" : ".") + (help.map { " \($0)" } ?? "")
  }
}

extension SourceSpan {
  /// `spaces/chat.space.yaml:3:13`, from the repository's top.
  func place(in report: FindingsReport) -> String {
    "\(report.repositoryPath(file)):\(start.line):\(start.column)"
  }

  /// The line of the last character: an end at the first column of a line is the end of the line before it.
  var lastLine: Int { end.column == 1 && end.line > start.line ? end.line - 1 : max(end.line, start.line) }
}

extension String {
  /// At most so many scalars, the last of them `…` where something was cut off.
  func bounded(to limit: Int) -> String {
    guard unicodeScalars.count > limit else { return self }
    return String(unicodeScalars.prefix(limit - 1)) + "…"
  }
}
