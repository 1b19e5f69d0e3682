import Console
import Reconciler
import SpaceModel
import Testing

@testable import Reports

@Suite("A plan for people")
struct HumanPlanTests {
  private func text(_ plan: Plan, isVerbose: Bool = false) -> String {
    HumanPlan(style: .plain, isVerbose: isVerbose).text(plan)
  }

  @Test("shows what a Space will be born with, and counts its files")
  func creation() throws { try Golden.expect(text(SamplePlans.creation()), "plan-create.txt") }

  @Test("lists the files of a Space to be born when asked for more")
  func verbose() throws { try Golden.expect(text(SamplePlans.creation(), isVerbose: true), "plan-create-verbose.txt") }

  @Test("shows old and new side by side, what restarts, and what is drift")
  func update() throws { try Golden.expect(text(SamplePlans.update()), "plan-update.txt") }

  @Test("says of a move, a replacement, a removal and a wait what they are")
  func lives() throws { try Golden.expect(text(SamplePlans.lives()), "plan-lives.txt") }

  @Test("gives with everything that is blocked the reason and the way out")
  func blocked() throws { try Golden.expect(text(SamplePlans.blocked()), "plan-blocked.txt") }

  @Test("paints its words and changes none of them")
  func colour() throws {
    let painted = HumanPlan(style: Style(isColoured: true)).text(SamplePlans.update())
    try Golden.expect(painted, "plan-update-coloured.txt")
    for plan in [SamplePlans.creation(), SamplePlans.update(), SamplePlans.lives(), SamplePlans.blocked()] {
      let painted = HumanPlan(style: Style(isColoured: true)).text(plan)
      #expect(painted.replacing(/\u{1B}\[[0-9]+m/, with: "") == text(plan))
    }
  }

  @Test("never lets a value, a file or a commit steer the terminal")
  func control() {
    for plan in [SamplePlans.update(), SamplePlans.blocked()] {
      for scalar in text(plan).unicodeScalars {
        #expect(scalar.value >= 0x20 || scalar == "\n")
        #expect(!(0x7F...0x9F).contains(scalar.value) && !(0x202A...0x202E).contains(scalar.value))
      }
    }
  }

  @Test("keeps every value to its line and to a width")
  func width() {
    var plan = SpacePlan(address: SamplePlans.chat, action: .create)
    plan.changes = [
      Change(path: "variables.WIDE", old: nil, new: .string(String(repeating: "日", count: 80)), effect: .none),
      Change(path: "variables.SPACES", old: nil, new: " both ends ", effect: .none),
    ]
    let lines = text(Plan(project: "demos", hub: "local", spaces: [plan], totals: Totals())).split(separator: "\n")
    #expect(lines[1] == "    variables.WIDE    " + String(repeating: "日", count: 49) + "…")
    #expect(lines[2] == "    variables.SPACES  \" both ends \"")
  }

  @Test("lists twenty files and says how many more there are")
  func manyFiles() {
    var plan = SpacePlan(address: SamplePlans.chat, action: .update)
    plan.files = (10..<33).map { FileChange(path: "f\($0)", operation: .delete, old: "g", new: nil, size: 1) }
    let whole = Plan(project: "demos", hub: "local", spaces: [plan], totals: Totals())
    #expect(text(whole).contains("    files  23 to delete\n      - f10  1 B\n"))
    #expect(text(whole).contains("      - f29  1 B\n      and 3 more (-v lists all)\n"))
    #expect(text(whole, isVerbose: true).contains("      - f32  1 B\n\nPlan: 1 to update."))
  }

  @Test("shows files that were compared by their digest alone")
  func digestOnly() {
    var plan = SpacePlan(address: SamplePlans.chat, action: .update)
    plan.changes = [Change(path: "content", old: "sha256:a", new: "sha256:b", effect: .rebuild)]
    var whole = Plan(project: "demos", hub: "local", spaces: [plan], totals: Totals())
    whole.refresh = .nothing
    #expect(text(whole).contains("rebuilt\n    files  content changed (offline: files not compared)\n\nPlan: 1 to update."))
    whole.spaces[0].changes[0].old = nil
    #expect(text(whole).contains("    files  managed from now on (offline: files not compared)\n"))
  }

  @Test("shows in its short form only what is blocked, and the totals")
  func summary() {
    let plan = SamplePlans.blocked()
    let short = HumanPlan(style: .plain).summary(plan)
    #expect(short.contains("acme/undefined") && short.contains("blocked:") && short.hasSuffix(lastLines(plan)))
    #expect(HumanPlan(style: .plain).summary(SamplePlans.creation()) == lastLines(SamplePlans.creation()))
  }

  private func lastLines(_ plan: Plan) -> String {
    PlanSummary(style: .plain).lines(plan).joined(separator: "\n") + "\n"
  }

  @Test("lists keys that are not managed here, of a Space that is as defined too")
  func unmanagedKeys() {
    var quiet = SpacePlan(address: SamplePlans.api)
    quiet.unmanaged = UnmanagedKeys(variables: ["A", "B\u{1b}"], secrets: ["TOKEN"])
    var plan = Plan(project: "demos", hub: "local", spaces: [quiet], totals: Totals())
    plan.refresh = .full
    #expect(
      text(plan) == """
          acme/api  is as defined
            not managed here: variables A, B\\u{1b}
            not managed here: secrets TOKEN

        No changes. 1 Space is as defined.
        Cost a month: $0.00.

        """)
  }

  @Test("names a Space that is as defined only when there is something to know of it")
  func notes() {
    var quiet = SpacePlan(address: SamplePlans.api)
    let silent = Plan(project: "demos", hub: "local", spaces: [quiet], totals: Totals())
    #expect(text(silent) == "No changes. 1 Space is as defined.\nCost a month: $0.00.\n")
    quiet.notes = ["paused on the Hub; Spaceform never starts it"]
    let noted = Plan(project: "demos", hub: "local", spaces: [quiet, SpacePlan(address: SamplePlans.chat)], totals: Totals())
    #expect(
      text(noted) == """
          acme/api  is as defined
            note: paused on the Hub; Spaceform never starts it

        No changes. 2 Spaces are as defined.
        Cost a month: $0.00.

        """)
  }
}
