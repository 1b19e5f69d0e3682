import Console
import Reconciler
import SpaceModel
import Testing

@testable import Reports

@Suite("The end of a plan")
struct PlanSummaryTests {
  private func plan(_ actions: [SpacePlan.Action], _ change: (inout Plan) -> Void = { _ in }) -> Plan {
    var plan = Plan(
      project: "demos", hub: "local",
      spaces: actions.enumerated().map { SpacePlan(address: address("acme/s\($0.offset)"), action: $0.element) },
      totals: Totals())
    change(&plan)
    return plan
  }

  private func lines(_ plan: Plan) -> [String] { PlanSummary(style: .plain).lines(plan) }

  @Test("counts every action by its verb, in one order")
  func actions() {
    let all = plan(SpacePlan.Action.allCases + [.create, .none])
    #expect(
      lines(all)[0]
        == "Plan: 2 to create, 1 to update, 1 to move, 1 to take over, 1 to replace, 1 to destroy, 1 to forget, 1 to wait for.")
  }

  @Test("says that nothing can be done when all is blocked")
  func blocked() {
    let blocked = plan([.create, .update]) {
      $0.spaces[0].blocked = Refusal("r", help: "h")
      $0.spaces[1].blocked = Refusal("r", help: "h")
    }
    #expect(lines(blocked)[0] == "Plan: nothing to do; 2 Spaces blocked.")
    let contents = plan([.none, .update]) {
      $0.spaces[0].blockedContent = Refusal("r", help: "h")
      $0.spaces[1].blocked = Refusal("r", help: "h")
    }
    #expect(lines(contents)[0] == "Plan: nothing to do; 1 Space blocked; the files of 1 Space blocked.")
    let refused = plan([.forget]) { $0.refusals = [Refusal("r", help: "h")] }
    #expect(lines(refused)[0] == "Plan: 1 to forget; refused as a whole.")
  }

  @Test(
    "says what is disturbed, in the singular and the plural",
    arguments: [
      (0, 0, ""), (1, 0, " 1 restart."), (2, 0, " 2 restarts."), (1, 1, " 1 restart, with a rebuild."),
      (2, 1, " 2 restarts, 1 of them with a rebuild."), (3, 3, " 3 restarts, all with a rebuild."),
    ])
  func restarts(restarts: Int, rebuilds: Int, wanted: String) {
    let plan = plan([.update]) {
      $0.totals.restarts = restarts
      $0.totals.rebuilds = rebuilds
    }
    #expect(lines(plan)[0] == "Plan: 1 to update." + wanted)
  }

  @Test(
    "says how many calls write and how many are left",
    arguments: [
      (1, nil, "Calls: at least 1 that writes."), (2, 9, "Calls: at least 2 that write; 9 calls left in the Hub's window."),
      (2, 1, "Calls: at least 2 that write; 1 call left in the Hub's window."),
    ] as [(Int, Int?, String)])
  func calls(calls: Int, left: Int?, wanted: String) {
    let plan = plan([.update]) {
      $0.totals.calls = calls
      $0.totals.quotaLeft = left
    }
    #expect(lines(plan)[1] == wanted)
  }

  @Test(
    "says what a month costs: before and after, with sleep, and what is not known",
    arguments: [
      (0, 0, 0, [], "Cost a month: $0.00."), (292, 292, 292, [], "Cost a month: at most $292.00."),
      (0, 292, 292, [], "Cost a month: at most $292.00 (now $0.00)."),
      (292, 0, 0, [], "Cost a month: at most $0.00 (now $292.00)."),
      (
        292, 584, 194.67, [], "Cost a month: at most $584.00 (now $292.00), about $194.67 with the active hours of the project."
      ),
      (0, 0, 0, ["sprx8"], "Cost a month: $0.00, without sprx8: no price is known."),
      (292, 292, 292, ["inf2x6", "sprx8"], "Cost a month: at most $292.00, without inf2x6, sprx8: no price is known."),
    ] as [(Double, Double, Double, [Flavour], String)])
  func costs(before: Double, after: Double, estimate: Double, unpriced: [Flavour], wanted: String) {
    func change(_ plan: inout Plan) {
      plan.totals.upperBefore = Money(usd: before)
      plan.totals.upperAfter = Money(usd: after)
      plan.totals.estimateAfter = Money(usd: estimate)
      plan.totals.unpriced = unpriced
    }
    #expect(lines(plan([.update], change)).last == wanted)
    #expect(lines(plan([.none], change)) == ["No changes. 1 Space is as defined.", wanted])
  }

  @Test("says of a plan that asked nothing what it was compared with")
  func offline() {
    let last = "Offline: compared with the lock alone; what is on the Hub now was not asked."
    let settled = lines(plan([.none]) { $0.refresh = .nothing })
    #expect(settled == ["No changes. 1 Space is defined as recorded.", "Cost a month: $0.00.", last])
    #expect(lines(plan([.update]) { $0.refresh = .nothing }).last == last)
  }

  @Test("has a word for a project without Spaces")
  func empty() { #expect(lines(plan([])) == ["No changes. No Space is defined."]) }
}
