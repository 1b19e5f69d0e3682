import CI
import Reconciler
import SpaceModel

/// Drift as an issue: a table, and what differs in each Space.
public struct DriftIssue {
  /// GitHub takes 65,536 characters; what is around the table needs some.
  private static let longest = 60_000

  private let context: JobContext

  public init(_ context: JobContext) { self.context = context }

  public var title: String { "Spaceform: drift in \(TerminalText.escaped(context.title))" }

  public func text(_ drift: Drift) -> String {
    let lead = """
      \(context.marker(.drift).line())
      What is on the Hub differs from what Spaceform applied last. This issue is kept up to date, and is closed when the two agree: \
      apply the definitions to put it right, or take the change over into them.

      | Space | what |
      |---|---|

      """
    let details = "\n<details><summary>In detail</summary>\n\n"
    let end = "\n\n</details>\n\n" + context.footer
    var room = DriftIssue.longest - (lead + details + end).utf16.count - 400
    var rows = ""
    for (index, space) in drift.spaces.enumerated() {
      let row = "| <code>\(space.address)</code> | \(words(space)) |\n"
      guard row.utf16.count < room / 2 else {
        rows += "| and \(drift.spaces.count - index) more | |\n"
        break
      }
      rows += row
      room -= row.utf16.count
    }
    var lines: [String] = []
    for line in DriftText(style: .plain).text(drift).split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.utf16.count + 1 < room else {
        lines.append("… `spaceform drift` shows the rest")
        break
      }
      lines.append(String(line))
      room -= line.utf16.count + 1
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lead + rows + details + MarkdownText.fenced(lines, language: "text") + end
  }

  /// For the page of a job without drift.
  public func textWithout() -> String {
    "### Spaceform: \(MarkdownText.escaped(context.title))\n\nNo drift.\n\n" + context.footer
  }

  public var farewell: String {
    "The Hub is as Spaceform left it again." + (context.footer.isEmpty ? "" : "\n\n" + context.footer)
  }

  private func words(_ space: Drift.Space) -> String {
    var parts: [String] = []
    if space.isGone { parts.append("gone") }
    if let stage = space.errorStage { parts.append("stage \(MarkdownText.escaped(stage.rawValue))") }
    if !space.changes.isEmpty { parts.append(counted(space.changes.count, "setting")) }
    if !space.foreignCommits.isEmpty { parts.append(counted(space.foreignCommits.count, "commit")) }
    if !space.files.isEmpty { parts.append(counted(space.files.count, "file")) }
    return parts.joined(separator: ", ")
  }
}
