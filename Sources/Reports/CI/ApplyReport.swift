import CI
import Diagnostics
import Reconciler
import SpaceModel

/// How an apply ended: for the page of the job, and for the issue that is open while applies fail.
public struct ApplyReport {
  private let context: JobContext

  public init(_ context: JobContext) { self.context = context }

  public var title: String { "Spaceform: apply of \(TerminalText.escaped(context.title)) fails" }

  /// - Parameters:
  ///   - summary: what became of each Space.
  ///   - plan: the plan.
  ///   - endpoint: where new Spaces are.
  public func text(_ summary: ApplySummary, _ plan: Plan, endpoint: String) -> String {
    let words = ApplySummaryText(style: .plain).text(summary, endpoint: endpoint, command: "run the job again")
    let lines = words.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return head + MarkdownText.fenced(Array(lines.prefix(300)), language: "text") + "\n\n"
      + "<sub>Operations <code>\(plan.operationsDigest)</code></sub>\n" + context.footer
  }

  /// An apply that did not get to its end.
  public func text(_ failure: Failure) -> String {
    let lines = FailureText.text(failure, style: .plain).split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
    return head + MarkdownText.fenced(Array(lines.prefix(100)), language: "text") + "\n\n" + context.footer
  }

  public var farewell: String { "The next apply succeeded." + (context.footer.isEmpty ? "" : "\n\n" + context.footer) }

  /// With the marker of the issue, whose text this is.
  public func issue(_ text: String) -> String {
    context.marker(.apply).line() + "\n"
      + "The last apply failed. What it did is recorded; running the job again goes on. This issue is kept up to date, and is closed by the "
      + "next apply that succeeds.\n\n" + text
  }

  private var head: String { "### Spaceform: apply of \(MarkdownText.escaped(context.title))\n\n" }
}
