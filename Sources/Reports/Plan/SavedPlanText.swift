import Console
import Reconciler
import SpaceModel

/// A saved plan for people, from its JSON alone.
public struct SavedPlanText {
  private let style: Style

  public init(style: Style) { self.style = style }

  public func text(_ plan: SavedPlan) -> String {
    var lines = ["Plan for the project \(plan.project) on \(plan.hub), operations \(plan.operationsDigest)", ""]
    for space in plan.json["spaces"]?.arrayValue ?? [] where space["action"] != "none" || space["blocked"] != nil {
      lines.append("\(space["action"]?.stringValue ?? "?") \(style.bold(space["address"]?.stringValue ?? "?"))")
      for change in space["changes"]?.arrayValue ?? [] {
        lines.append(
          "    \(change["path"]?.stringValue ?? "?")  \(value(change["old"])) → \(value(change["new"]))")
      }
      for file in space["files"]?.arrayValue ?? [] {
        lines.append("    \(file["op"]?.stringValue ?? "?") \(Printable.text(file["path"]?.stringValue ?? "?"))")
      }
      if let blocked = space["blocked"]?["reason"]?.stringValue {
        lines.append("    \(style.red("blocked:")) \(Printable.text(blocked))")
      }
      lines.append("")
    }
    lines.append("Nothing was asked of the Hub; `spaceform apply` checks that the plan still holds.")
    return lines.joined(separator: "\n") + "\n"
  }

  private func value(_ json: JSONValue?) -> String {
    switch json {
    case nil, .null?: "(none)"
    case .string(let text)?: Printable.text(text)
    case let other?: other.canonicalText
    }
  }
}
