import Console
import Reconciler
import SpaceModel

/// A plan as GitHub and GitLab render Markdown: for a comment on a pull request, a note on a merge request, the summary of a job.
///
/// Values of definitions and of the Hub stand in blocks of code only, where they are neither markup nor mentions.
public struct MarkdownPlan {
  /// GitHub takes 65,536 characters in a comment; what is put around the plan needs some.
  public static let longest = 60_000

  private let longest: Int

  /// - Parameter longest: at most so many characters, as UTF-16 counts them; what has no room is counted.
  public init(longest: Int = longest) { self.longest = longest }

  public func text(_ plan: Plan) -> String {
    let spaces = plan.spaces.filter(HumanPlan.isShown)
    let end = "\n<sub>Operations <code>\(plan.operationsDigest)</code></sub>\n"
    var text = head(plan)
    var room = longest - (text + end).utf16.count - 200
    var sections: [String] = []
    for space in spaces {
      let section = section(space)
      guard section.utf16.count < room else { break }
      sections.append(section)
      room -= section.utf16.count
    }
    text += sections.joined()
    if sections.count < spaces.count {
      let left = spaces.count - sections.count
      text += "\n\(left) more \(left == 1 ? "Space has" : "Spaces have") no room here; `spaceform plan` shows them.\n"
    }
    return text + end
  }

  private func head(_ plan: Plan) -> String {
    let lines = PlanSummary(style: .plain).lines(plan)
    var text = "### \(MarkdownText.escaped(lines[0]))\n\n"
    if lines.count > 1 { text += lines.dropFirst().map { "- \(MarkdownText.escaped($0))\n" }.joined() + "\n" }
    for refusal in plan.refusals { text += MarkdownText.fenced(HumanPlan.plain.refused(refusal, indent: "")) + "\n\n" }
    return text
  }

  private func section(_ space: SpacePlan) -> String {
    let plan = HumanPlan.plain
    let origin = space.origin == .drift ? " (drift)" : ""
    let blocked = space.isBlocked ? " ⛔" : ""
    // An address has letters, digits, `-`, `_`, `.` and one slash.
    let title = "<b>\(plan.mark(space.action))</b> <code>\(space.address)</code> \(plan.verb(space))\(origin)\(blocked)"
    return """
      <details><summary>\(title)</summary>

      \(MarkdownText.fenced(plan.section(space).dropFirst().map { String($0.dropFirst(2)) }, language: "text"))

      </details>

      """
  }
}
