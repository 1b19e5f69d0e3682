import Console
import Reconciler
import SpaceModel

/// The last lines of a plan: what would be done, what it disturbs, what it costs.
struct PlanSummary {
  let style: Style

  func lines(_ plan: Plan) -> [String] {
    let offline = "Offline: compared with the lock alone; what is on the Hub now was not asked."
    return body(plan) + (plan.refresh == .nothing ? [offline] : [])
  }

  private func body(_ plan: Plan) -> [String] {
    let totals = plan.totals
    guard plan.hasChanges || !plan.refusals.isEmpty else {
      guard !plan.spaces.isEmpty else { return [style.bold("No changes.") + " No Space is defined."] }
      let spaces = "\(counted(plan.spaces.count, "Space")) \(plan.spaces.count == 1 ? "is" : "are")"
      let state = plan.refresh == .nothing ? "defined as recorded" : "as defined"
      return ["\(style.bold("No changes.")) \(spaces) \(state).", cost(totals)]
    }
    var lines = [work(plan) + disturbance(totals)]
    if totals.calls > 0 {
      let left = totals.quotaLeft.map { "; \($0) \($0 == 1 ? "call" : "calls") left in the Hub's window." } ?? "."
      lines.append("Calls: at least \(totals.calls) that \(totals.calls == 1 ? "writes" : "write")" + left)
    }
    lines.append(cost(totals))
    return lines
  }

  private func work(_ plan: Plan) -> String {
    let counts = SpacePlan.Action.allCases.compactMap { action -> String? in
      let count = plan.actionable.filter { $0.action == action }.count
      return count == 0 ? nil : "\(count) to \(word(action))"
    }
    var parts = [counts.isEmpty ? "nothing to do" : counts.joined(separator: ", ")]
    let blocked = plan.spaces.filter { $0.blocked != nil }.count
    let contents = plan.spaces.filter { $0.blockedContent != nil }.count
    if blocked > 0 { parts.append(style.red("\(counted(blocked, "Space")) blocked")) }
    if contents > 0 { parts.append(style.red("the files of \(counted(contents, "Space")) blocked")) }
    if !plan.refusals.isEmpty { parts.append(style.red("refused as a whole")) }
    return style.bold("Plan:") + " " + parts.joined(separator: "; ") + "."
  }

  private func disturbance(_ totals: Totals) -> String {
    guard totals.restarts > 0 else { return "" }
    let restarts = " " + counted(totals.restarts, "restart")
    if totals.rebuilds == 0 { return restarts + "." }
    if totals.rebuilds < totals.restarts { return "\(restarts), \(totals.rebuilds) of them with a rebuild." }
    return restarts + (totals.restarts == 1 ? ", with a rebuild." : ", all with a rebuild.")
  }

  private func cost(_ totals: Totals) -> String {
    var text: String
    if totals.upperBefore == .zero, totals.upperAfter == .zero {
      text = "Cost a month: \(totals.upperAfter)"
    } else {
      text = "Cost a month: at most \(totals.upperAfter)"
      if totals.upperBefore != totals.upperAfter { text += " (now \(totals.upperBefore))" }
      if totals.estimateAfter != totals.upperAfter {
        text += ", about \(totals.estimateAfter) with the active hours of the project"
      }
    }
    guard !totals.unpriced.isEmpty else { return text + "." }
    let names = totals.unpriced.map { Printable.text($0.rawValue) }.joined(separator: ", ")
    return "\(text), without \(names): no price is known."
  }

  private func word(_ action: SpacePlan.Action) -> String {
    switch action {
    case .adopt: "take over"
    case .verify: "wait for"
    default: action.rawValue
    }
  }
}

/// `1 Space`, `2 Spaces`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
