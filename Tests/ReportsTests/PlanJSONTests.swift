import Console
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

  @Test("can be shown again from its saved form alone")
  func saved() throws {
    for (plan, name) in [
      (SamplePlans.creation(), "saved-create.txt"), (SamplePlans.update(), "saved-update.txt"),
      (SamplePlans.blocked(), "saved-blocked.txt"),
    ] {
      let saved = try SavedPlan(bytes: Array(plan.json.prettyText.utf8), name: "fleet.plan")
      try Golden.expect(SavedPlanText(style: .plain).text(saved), name)
      let painted = SavedPlanText(style: Style(isColoured: true)).text(saved)
      #expect(painted.replacing(/\u{1B}\[[0-9]+m/, with: "") == SavedPlanText(style: .plain).text(saved))
    }
  }

  @Test("a saved plan without work says so")
  func savedWithoutWork() throws {
    let plan = Plan(project: "demos\u{1B}[2J", hub: "local", spaces: [], totals: Totals())
    let saved = try SavedPlan(bytes: Array(plan.json.prettyText.utf8), name: "fleet.plan")
    let text = SavedPlanText(style: .plain).text(saved)
    #expect(text.hasPrefix("Plan for the project demos\\u{1b}[2J on local\n"))
    #expect(text.contains("\nNo changes. Nothing would be done.\n"))
  }
}
