import Diagnostics

/// Findings as workflow commands, which a GitHub workflow turns into annotations beside the code.
public enum GitHubFindings {
  /// As many of a kind are shown for one step of a job; the log has the rest.
  static let shownOfAKind = 10

  /// A line for each finding, errors first since only the first ones are shown, and a sentence for the end.
  public static func text(_ report: FindingsReport) -> String {
    report.mostSevereFirst.map { line($0, report) + "\n" }.joined() + summary(report) + "\n"
  }

  private static func line(_ finding: Finding, _ report: FindingsReport) -> String {
    let span = finding.span
    var properties = [
      ("file", report.repositoryPath(span.file)), ("line", String(span.start.line)), ("endLine", String(span.lastLine)),
    ]
    // Columns belong to annotations of one line only; both are of characters that are marked.
    if span.lastLine == span.start.line {
      let last = span.end.line == span.start.line ? max(span.start.column, span.end.column - 1) : span.start.column
      properties += [("col", String(span.start.column)), ("endColumn", String(last))]
    }
    properties.append(("title", finding.rule))
    let command = GitHubCommand(
      name: finding.severity == .note ? "notice" : finding.severity.rawValue, properties: properties,
      data: message(finding, report))
    return command.text
  }

  /// With its place, which the log would not show otherwise; a line for each place that explains it, and the way out.
  private static func message(_ finding: Finding, _ report: FindingsReport) -> String {
    var lines = ["\(finding.span.place(in: report)): \(finding.message)"]
    lines += finding.related.map { "\($0.span.place(in: report)): \($0.message)" }
    if let help = finding.help { lines.append(help) }
    return lines.map(TerminalText.escaped).joined(separator: "\n")
  }

  private static func summary(_ report: FindingsReport) -> String {
    let summary = HumanFindings.summary(report.findings, filesChecked: report.filesChecked)
    let counts = Dictionary(grouping: report.findings, by: \.severity).values.map(\.count)
    guard counts.contains(where: { $0 > shownOfAKind }) else { return summary }
    return "\(summary) (GitHub shows \(shownOfAKind) of a kind beside the code; they are all in this log)"
  }
}

/// One command to the program that runs a workflow's steps: `::name key=value,key=value::data`.
struct GitHubCommand {
  let name: String
  let properties: [(key: String, value: String)]
  let data: String

  var text: String {
    let properties = properties.map { "\($0.key)=\(GitHubCommand.property($0.value))" }.joined(separator: ",")
    return "::\(name) \(properties)::\(GitHubCommand.escapedData(data))"
  }

  /// The runner takes these apart again: a per cent sign, and what would end the line.
  static func escapedData(_ text: String) -> String { escaped(text) { "%\r\n".unicodeScalars.contains($0) } }

  /// In a property also what would end it. Other control characters cannot be told to the runner, and are shown instead, so that
  /// the name of a file never steers a terminal.
  private static func property(_ text: String) -> String {
    let shown = text.unicodeScalars.map { scalar in
      isControl(scalar) && scalar != "\r" && scalar != "\n" ? TerminalText.escape(scalar) : String(scalar)
    }.joined()
    return escaped(shown) { "%\r\n:,".unicodeScalars.contains($0) }
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
  }

  private static func escaped(_ text: String, where mustEscape: (Unicode.Scalar) -> Bool) -> String {
    text.unicodeScalars.map { scalar in
      guard mustEscape(scalar) else { return String(scalar) }
      return "%\(scalar.value < 16 ? "0" : "")\(String(scalar.value, radix: 16, uppercase: true))"
    }.joined()
  }
}
