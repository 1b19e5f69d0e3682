import Diagnostics

/// Findings for the page of a job.
public struct FindingsSummary {
  private static let shown = 100

  private let context: JobContext

  public init(_ context: JobContext) { self.context = context }

  public func text(_ findings: [Finding]) -> String {
    var lines = findings.sortedForReport().prefix(FindingsSummary.shown).map { finding in
      "\(finding.severity.rawValue)[\(finding.rule)] \(finding.span.file):\(finding.span.start.line): \(finding.message)"
    }
    if findings.count > lines.count { lines.append("and \(findings.count - lines.count) more in the log") }
    return "### Spaceform: \(counted(findings.count, "finding")) in \(MarkdownText.escaped(context.title))\n\n"
      + MarkdownText.fenced(lines.map(TerminalText.escaped), language: "text") + "\n\n" + context.footer
  }
}
