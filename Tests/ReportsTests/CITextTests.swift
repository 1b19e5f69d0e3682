import CI
import Diagnostics
import HubAPI
import Reconciler
import SpaceModel
import Testing

@testable import Reports

@Suite("Texts for code hosts") struct CITextTests {
  private func context(_ project: String = "demos", page: String? = "https://github.com/acme/spaces/actions/runs/7")
    -> JobContext
  {
    var environment = CIEnvironment(system: .github)
    environment.revision = "c0ffee00c0ffee00c0ffee00"
    environment.page = page
    return JobContext(environment: environment, project: project, folder: ".", environmentName: nil)
  }

  private func finding(_ line: Int = 3) -> Finding {
    Finding(
      rule: "SF501", severity: .warning, message: "`t4-small` is not among the allowed hardware", help: nil,
      span: SourceSpan(
        file: "spaces/chat.space.yaml", start: Position(line: line, column: 1), end: Position(line: line, column: 9)))
  }

  @Test("a plan's comment, with what changes, what it costs, findings and what a later run needs")
  func comment() throws {
    try Golden.expect(
      PlanComment(context()).text(SamplePlans.update(), findings: [finding()], notes: ["The plan is made offline."]),
      "ci-plan.md"
    )
  }

  @Test("the marker has what was shown; of a plan that asked nobody there is nothing to agree to")
  func marker() throws {
    var plan = SamplePlans.update()
    let marker = context().marker(.plan)
    let facts = try #require(marker.facts(in: PlanComment(context()).text(plan, findings: [])))
    #expect(facts["digest"] == plan.operationsDigest && facts["revision"] == "c0ffee00c0ffee00c0ffee00")
    #expect(OperationMarks((facts["marks"] ?? "").split(separator: ".").map(String.init)) == OperationMarks(plan))
    plan.refresh = .nothing
    #expect(marker.facts(in: PlanComment(context()).text(plan, findings: [])) == [:])
  }

  @Test("a comment fits, whatever the plan's size")
  func length() {
    let spaces = (0..<3000).map { number in
      var space = SpacePlan(address: address("acme/space-\(number)"), action: .update)
      space.changes = [
        Change(path: "variables.X", old: "a", new: .string(String(repeating: "x", count: 500)), effect: .restart)
      ]
      return space
    }
    for count in [1400, 3000] {
      let plan = Plan(project: "demos", hub: "local", spaces: Array(spaces.prefix(count)), totals: Totals())
      let text = PlanComment(context()).text(plan, findings: (1...500).map(finding))
      let (length, counts) = (text.utf16.count, text.contains("480 more"))
      #expect(length < 65_535)
      #expect(counts)
    }
  }

  @Test("names are text, and an address that is none is left out")
  func hostile() {
    let text = PlanComment(context("<b>@all", page: "https://x\"><script>")).text(SamplePlans.update(), findings: [])
    #expect(text.contains("## Spaceform: &lt;b&gt;@\u{2060}all"))
    #expect(!text.contains("<script>"))
  }

  @Test("an issue about drift has a row for each Space")
  func drift() throws {
    var gone = SpacePlan(address: SamplePlans.chat, action: .create, origin: .drift)
    gone.stage = nil
    var changed = SpacePlan(address: address("acme/api"), action: .update)
    changed.changes = [Change(path: "variables.X", old: "| <b> @all", new: "a", effect: .restart, origin: .drift)]
    let plan = Plan(project: "demos", hub: "local", spaces: [changed, gone], totals: Totals())
    try Golden.expect(DriftIssue(context()).text(Drift(plan)), "ci-drift.md")
  }

  @Test("annotations: what is blocked first, then the strongest changes, beside their lines")
  func annotations() {
    var plan = SamplePlans.update()
    var blocked = SpacePlan(address: address("acme/api"), action: .update)
    blocked.blocked = Refusal("not ours\n::error::forged", help: "Adopt it")
    plan.spaces.append(blocked)
    let text = PlanAnnotations { space, path in
      .init(file: "spaces/\(space.name).space.yaml", line: path == "hardware" ? 3 : 9)
    }.text(plan)
    let commands = text.split(separator: "\n").compactMap { WorkflowCommand(line: String($0)) }
    #expect(commands.count == text.split(separator: "\n").count)
    #expect(commands.first?.name == "warning" && commands.first?.data == "not ours\n::error::forged\nAdopt it")
    #expect(commands.contains { $0.properties["line"] == "3" && $0.data == "hardware cpu-basic → t4-small restarts" })
    #expect(PlanAnnotations { _, _ in nil }.text(plan).isEmpty)
  }

  @Test("values for later steps end where they end")
  func outputs() {
    #expect(
      JobOutput.text([("a", "1"), ("b", "x\nspaceform_end\ny")])
        == "a<<spaceform_end\n1\nspaceform_end\nb<<spaceform_end_\nx\nspaceform_end\ny\nspaceform_end_\n")
    #expect(JobOutput.mask("a%b\nc") == "::add-mask::a%25b%0Ac\n")
  }

  @Test(
    "money in cents",
    arguments: [(21_900_000, "21.90"), (-5_000, "-0.01"), (-4_999, "0.00"), (0, "0.00"), (1_005_000_000, "1005.00")])
  func money(change: Int64, words: String) {
    var totals = Totals()
    totals.upperBefore = Money(microUSD: 2_000_000_000)
    totals.upperAfter = Money(microUSD: 2_000_000_000 + change)
    #expect(MonthlyDelta(totals).number == words)
  }

  @Test("a preview shows where each copy runs, what it goes without, and what did not work")
  func preview() throws {
    let origin = try #require(SpaceID("acme/chat")), address = try #require(SpaceID("acme/chat-pr-12"))
    var live = SpaceInfo(hubID: "1", address: address)
    live.host = "https://acme-chat-pr-12.hf.space"
    live.runtime = SpaceRuntime(stage: .running)
    let copies = [
      PreviewComment.Copy(origin: origin, address: address, live: live),
      PreviewComment.Copy(
        origin: try #require(SpaceID("acme/tool")), address: try #require(SpaceID("acme/tool-pr-12")), live: nil),
    ]
    let comment = PreviewComment(context("de<mos"))
    let failure = Failure(doing: "making <b>", problem: "```", help: "Try again")
    let text = comment.text(
      copies, endpoint: "https://huggingface.co", lifetime: TimeSpan(seconds: 86_400), secretsLeftOut: ["K<EY"],
      failures: [failure])
    try Golden.expect(text, "ci-preview.md")
    let many = Array(repeating: copies[0], count: 203)
    #expect(
      comment.text(many, endpoint: "https://huggingface.co", lifetime: TimeSpan(seconds: 60), secretsLeftOut: []).contains(
        "and 3 more"))
    for text in [comment.text(failure), comment.textWithout] { #expect(text.hasPrefix("<!-- spaceform:preview . | -->\n")) }
    #expect(comment.text(removed: 1, .closed).contains("(1 Space): this is merged or closed."))
    #expect(comment.text(removed: 2, .expired(TimeSpan(seconds: 3_600))).contains("(2 Spaces): nothing changed for 1h;"))
  }
}
