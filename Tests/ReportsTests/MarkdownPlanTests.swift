import Reconciler
import SpaceModel
import Testing

@testable import Reports

@Suite("A plan in Markdown")
struct MarkdownPlanTests {
  private func text(_ plan: Plan) -> String { MarkdownPlan().text(plan) }

  @Test("has a line for the whole, and a block to open for each Space")
  func samples() throws {
    try Golden.expect(text(SamplePlans.creation()), "plan-create.md")
    try Golden.expect(text(SamplePlans.update()), "plan-update.md")
    try Golden.expect(text(SamplePlans.lives()), "plan-lives.md")
    try Golden.expect(text(SamplePlans.blocked()), "plan-blocked.md")
  }

  @Test("keeps values in code, whatever they hold")
  func hostile() {
    var space = SpacePlan(address: SamplePlans.chat, action: .update)
    space.changes = [
      Change(path: "variables.X", old: nil, new: "```` </details><img src=x> @acme #1 [x](http://x)", effect: .restart)
    ]
    space.notes = ["``` and `````"]
    let text = text(Plan(project: "demos", hub: "local", spaces: [space], totals: Totals()))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let fences = lines.indices.filter { lines[$0].hasPrefix("``````") && lines[$0].allSatisfy { "`text".contains($0) } }
    #expect(fences.count == 2)
    let hostile = lines.indices.filter { lines[$0].contains("<img") || lines[$0].contains("@acme") }
    #expect(!hostile.isEmpty)
    #expect(hostile.allSatisfy { fences[0] < $0 && $0 < fences[1] })
    #expect(
      MarkdownText.escaped("<b> @acme #12 `x` *y* [z](u) a|b")
        == "&lt;b&gt; @\u{2060}acme #\u{2060}12 \\`x\\` \\*y\\* \\[z\\](u) a\\|b")
  }

  @Test("leaves out what has no room, and counts it")
  func length() {
    let spaces = (0..<400).map { number in
      var space = SpacePlan(address: address("acme/space-\(number)"), action: .create)
      space.changes = [Change(path: "sdk", old: nil, new: "docker", effect: .none)]
      return space
    }
    let plan = Plan(project: "demos", hub: "local", spaces: spaces, totals: Totals())
    let short = MarkdownPlan(longest: 5000).text(plan)
    #expect(short.utf16.count <= 5000)
    #expect(short.contains(" more Spaces have no room here"))
    #expect(short.contains(plan.operationsDigest))
    #expect(text(plan).utf16.count <= MarkdownPlan.longest)
  }
}
