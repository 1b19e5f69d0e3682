import Console
import Diagnostics
import Reconciler
import Reports
import SpaceModel
import Testing

@Suite("A plan for programs")
struct PlanJSONTests {
  @Test("has a stable form for what is to be created, predictions included")
  func creation() throws { try Golden.expect(SamplePlans.creation().json.prettyText, "plan-create.json") }

  @Test("has a stable form for what is to be changed")
  func update() throws { try Golden.expect(SamplePlans.update().json.prettyText, "plan-update.json") }

  @Test("has a stable form for moves, replacements, removals and waits")
  func lives() throws { try Golden.expect(SamplePlans.lives().json.prettyText, "plan-lives.json") }

  @Test("has a stable form for what is blocked")
  func blocked() throws { try Golden.expect(SamplePlans.blocked().json.prettyText, "plan-blocked.json") }

  @Test("can be shown again from its saved form alone, in every form, as it was")
  func saved() throws {
    for plan in [
      SamplePlans.creation(), SamplePlans.update(), SamplePlans.lives(), SamplePlans.blocked(), SamplePlans.compared(),
    ] {
      let saved = try SavedPlan(bytes: Array(plan.json.prettyText.utf8), name: "fleet.plan").plan(name: "fleet.plan")
      #expect(HumanPlan(style: .plain, isVerbose: true).text(saved) == HumanPlan(style: .plain, isVerbose: true).text(plan))
      #expect(MarkdownPlan().text(saved) == MarkdownPlan().text(plan))
      #expect(try HTMLPlan().text(saved) == HTMLPlan().text(plan))
      #expect(saved.operationsDigest == plan.operationsDigest)
    }
  }

  @Test("a saved plan without work says so")
  func savedWithoutWork() throws {
    let plan = Plan(project: "demos\u{1B}[2J", hub: "local", spaces: [], totals: Totals())
    let saved = try SavedPlan(bytes: Array(plan.json.prettyText.utf8), name: "fleet.plan").plan(name: "fleet.plan")
    #expect(HumanPlan(style: .plain).text(saved).hasPrefix("No changes."))
  }

  @Test("what changes inside files is shown and saved, and is no part of what would be done")
  func differences() throws {
    let compared = SamplePlans.compared()
    try Golden.expect(compared.json.prettyText, "plan-compared.json")
    try Golden.expect(HumanPlan(style: .plain).text(compared), "plan-compared.txt")
    #expect(compared.operationsDigest == SamplePlans.update().operationsDigest)
  }

  @Test(
    "a member that is no plan's is named",
    arguments: [
      ("\"in_place\"", "\"sideways\"", "effect"), ("\"wanted\"", "7", "origin"),
      ("\"calls\": 13", "\"calls\": \"many\"", "calls"),
      ("\"notes\": [", "\"notes\": [1, ", "notes"), ("\"restarts\"", "\"starts\"", "restarts"),
    ])
  func strange(_ old: String, _ new: String, _ member: String) throws {
    let text = SamplePlans.strange().json.prettyText
    #expect(text.contains(old))
    let saved = try SavedPlan(bytes: Array(text.replacing(old, with: new).utf8), name: "fleet.plan")
    let failure = #expect(throws: Failure.self) { try saved.plan(name: "fleet.plan") }
    #expect(failure?.problem.hasPrefix("\(member) is missing, or not what") == true, "\(failure?.problem ?? "")")
    #expect(failure?.help?.contains("spaceform plan --out fleet.plan") == true)
  }
}
