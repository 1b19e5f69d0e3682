import Console
import Reconciler
import SpaceModel

/// A saved plan for people, from its JSON alone. The file may come from anywhere, so nothing of it is printed as it is.
public struct SavedPlanText {
  private let style: Style

  public init(style: Style) { self.style = style }

  public func text(_ plan: SavedPlan) -> String {
    var lines = [
      "Plan for the project \(TerminalText.escaped(plan.project)) on \(TerminalText.escaped(plan.hub))",
      "Operations \(TerminalText.escaped(plan.operationsDigest))", "",
    ]
    for space in plan.json["spaces"]?.arrayValue ?? []
    where space["action"] != "none" || space["blocked"] != nil || space["blocked_content"] != nil {
      lines += section(space) + [""]
    }
    for finding in plan.json["findings"]?.arrayValue ?? [] { lines += refused(finding, indent: "") + [""] }
    if plan.addresses.isEmpty { lines.append("\(style.bold("No changes.")) Nothing would be done.") }
    lines.append("Nothing was asked of the Hub; `spaceform apply` checks that the plan still holds.")
    return lines.joined(separator: "\n") + "\n"
  }

  private func section(_ space: JSONValue) -> [String] {
    var title = "\(text(space["action"])) \(style.bold(text(space["address"])))"
    if let origin = space["moved_from"] { title += " from \(text(origin))" }
    var lines = [title]
    let changes = space["changes"]?.arrayValue ?? []
    let width = changes.map { Columns.count(text($0["path"])) }.max() ?? 0
    for change in changes {
      lines.append("    \(Columns.padded(text(change["path"]), to: width))  \(values(change))")
    }
    for file in space["files"]?.arrayValue ?? [] { lines.append("    \(text(file["op"])) \(text(file["path"]))") }
    for note in space["notes"]?.arrayValue ?? [] { lines.append("    \(style.dim("note:")) \(text(note))") }
    for member in ["blocked", "blocked_content"] {
      if let refusal = space[member] { lines += refused(refusal, indent: "    ") }
    }
    return lines
  }

  private func refused(_ refusal: JSONValue, indent: String) -> [String] {
    [
      "\(indent)\(style.red("blocked:")) \(text(refusal["reason"]))",
      "\(indent)\(style.cyan("help:")) \(text(refusal["help"]))",
    ]
  }

  private func values(_ change: JSONValue) -> String {
    let predicted = change["predicted"] == true ? style.dim("  (predicted)") : ""
    guard let old = present(change["old"]) else { return value(change["new"]) + predicted }
    guard let new = present(change["new"]) else { return "\(value(old)) \(style.red("→ removed"))" }
    if change["secret"] == true { return value(new) }
    let pair = OneLine.pair(old, new)
    return "\(pair.old) → \(pair.new)\(predicted)"
  }

  private func present(_ json: JSONValue?) -> JSONValue? { json == .null ? nil : json }

  private func value(_ json: JSONValue?) -> String { present(json).map(OneLine.text) ?? "(none)" }

  /// A name the document must hold; `?` where it does not.
  private func text(_ json: JSONValue?) -> String { json?.stringValue.map(TerminalText.escaped) ?? "?" }
}
