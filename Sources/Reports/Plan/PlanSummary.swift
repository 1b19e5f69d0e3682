import Console
import Reconciler
import SpaceModel

/// The last lines of a plan: what would be done, what it disturbs, what it costs.
struct PlanSummary {
  let style: Style

  func lines(_ plan: Plan) -> [String] {
    guard plan.hasChanges || !plan.refusals.isEmpty else {
      return [
        style.bold("No changes.") + " \(counted(plan.spaces.count, "Space")) as defined.", cost(plan.totals),
      ].compactMap { $0 }
    }
    let blocked = plan.spaces.filter { $0.blocked != nil }.count
    let contents = plan.spaces.filter { $0.blockedContent != nil }.count
    var counts = SpacePlan.Action.allCases.compactMap { action -> String? in
      let count = plan.actionable.filter { $0.action == action }.count
      return count == 0 ? nil : "\(count) to \(word(action))"
    }
    if blocked > 0 { counts.append(style.red("\(blocked) blocked")) }
    if contents > 0 { counts.append(style.red("files of \(counted(contents, "Space")) blocked")) }
    var text = style.bold("Plan:") + " " + (counts.isEmpty ? "nothing to do" : counts.joined(separator: ", ")) + "."
    let totals = plan.totals
    if totals.restarts > 0 {
      text += " \(counted(totals.restarts, "restart"))"
      text += totals.rebuilds > 0 ? ", \(totals.rebuilds) of them with a rebuild." : "."
    }
    var lines = [text]
    if totals.calls > 0 {
      lines.append(
        "Calls: at least \(totals.calls) that write"
          + (totals.quotaLeft.map { "; \($0) calls left in the Hub's window." } ?? "."))
    }
    if let cost = cost(totals) { lines.append(cost) }
    return lines
  }

  /// Nil when nothing costs anything, before or after.
  private func cost(_ totals: Totals) -> String? {
    var text: String?
    if totals.upperBefore != .zero || totals.upperAfter != .zero {
      let upper =
        totals.upperBefore == totals.upperAfter
        ? "at most \(totals.upperAfter)" : "at most \(totals.upperAfter) (now \(totals.upperBefore))"
      let estimate =
        totals.estimateAfter == totals.upperAfter ? "" : ", about \(totals.estimateAfter) with the active hours of the project"
      text = "Cost a month: \(upper)\(estimate)."
    } else {
      text = "Cost a month: $0.00."
    }
    if !totals.unpriced.isEmpty {
      text = (text ?? "") + " No price is known for \(totals.unpriced.map(\.rawValue).joined(separator: ", "))."
    }
    return text
  }

  private func word(_ action: SpacePlan.Action) -> String { action == .adopt ? "take over" : action.rawValue }
}

/// `1 Space`, `2 Spaces`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
