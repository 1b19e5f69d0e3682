import CI
import Diagnostics
import Reconciler
import SpaceModel

/// A plan for the change request it was made for, and for the page of the job.
public struct PlanComment {
  /// With more than so many a comment has no room for the marks, and only the whole plan can be recognised.
  private static let mostMarks = 1500

  /// Findings that are named one by one.
  private static let shownFindings = 20

  private let context: JobContext

  public init(_ context: JobContext) { self.context = context }

  /// What a later run has to know: which operations were shown, and of which commit.
  private func facts(_ plan: Plan) -> [(name: String, value: String)] {
    // What was planned without asking the Hub is no plan that anybody could have agreed to.
    guard plan.refresh != .nothing else { return [] }
    let marks = OperationMarks(plan).marks
    var facts = [("digest", plan.operationsDigest)]
    if !marks.isEmpty, marks.count <= PlanComment.mostMarks { facts.append(("marks", marks.sorted().joined(separator: "."))) }
    return facts + (context.environment.revision.map { [("revision", $0)] } ?? [])
  }

  /// - Parameters:
  ///   - plan: the plan.
  ///   - findings: what `validate` finds in the same files.
  ///   - notes: what the reader has to know of how it was made, as sentences.
  public func text(_ plan: Plan, findings: [Finding], notes: [String] = []) -> String {
    let lead = context.marker(.plan).line(facts(plan)) + "\n## Spaceform: \(MarkdownText.escaped(context.title))\n\n"
    let before = notes.map { "> \(MarkdownText.escaped($0))\n" }.joined() + (notes.isEmpty ? "" : "\n")
    let after = money(plan) + self.findings(findings) + context.footer
    let room = MarkdownPlan.longest - (lead + before + after).utf16.count
    return lead + before + MarkdownPlan(longest: max(2000, room)).text(plan) + after
  }

  /// Definitions with errors: there is no plan.
  public func text(failing findings: [Finding]) -> String {
    let revision = context.environment.revision.map { [("revision", $0)] } ?? []
    return context.marker(.plan).line(revision) + "\n## Spaceform: \(MarkdownText.escaped(context.title))\n\n"
      + "The definitions have errors, so there is no plan.\n" + self.findings(findings) + context.footer
  }

  private func money(_ plan: Plan) -> String {
    let delta = MonthlyDelta(plan.totals)
    return delta.isZero ? "" : "\n**Cost a month: \(delta.words)** at most.\n"
  }

  private func findings(_ findings: [Finding]) -> String {
    let findings = findings.sortedForReport()
    guard !findings.isEmpty else { return "" }
    let shown = findings.prefix(PlanComment.shownFindings)
    var lines = shown.map { finding in
      "\(finding.severity.rawValue)[\(finding.rule)] \(finding.span.file):\(finding.span.start.line): \(finding.message)"
    }
    if findings.count > shown.count {
      lines.append("and \(findings.count - shown.count) more: `spaceform validate` shows them")
    }
    return "\n<details\(findings.hasErrors ? " open" : "")><summary>\(counted(findings.count, "finding"))</summary>\n\n"
      + MarkdownText.fenced(lines.map(TerminalText.escaped), language: "text") + "\n\n</details>\n\n"
  }
}
