import Console
import Reconciler
import SpaceModel

/// Drift for people: what the Hub has, and what was recorded.
public struct DriftText {
  private let style: Style

  public init(style: Style) { self.style = style }

  public func text(_ drift: Drift) -> String {
    guard !drift.spaces.isEmpty else { return "\(style.bold("No drift.")) The Hub is as Spaceform left it.\n" }
    var lines: [String] = []
    for space in drift.spaces {
      lines.append("\(style.yellow("~")) \(style.bold(space.address.description))")
      if space.isGone { lines.append("    \(style.red("gone from the Hub"))") }
      if let stage = space.errorStage {
        lines.append("    \(style.red(Printable.text(stage.rawValue))): `spaceform logs \(space.address)` shows why")
      }
      let width = space.changes.map { Columns.count($0.path) }.max() ?? 0
      for change in space.changes {
        lines.append("    \(Columns.padded(change.path, to: width))  \(text(change))")
      }
      lines += space.foreignCommits.map { "    commit \(TerminalText.escaped($0))" }
      lines += space.files.prefix(20).map { "    file \(TerminalText.escaped($0.path))" }
      if space.files.count > 20 { lines.append("    and \(counted(space.files.count - 20, "more file"))") }
      lines.append("")
    }
    lines.append(
      "\(style.bold("Drift:")) \(counted(drift.spaces.count, "Space")). `spaceform plan` shows what an apply would put right.")
    return lines.joined(separator: "\n") + "\n"
  }

  private func text(_ change: Change) -> String {
    if change.isSecret { return change.old == nil ? "is not there" : "was changed on the Hub" }
    let missing = "not there"
    switch (change.old.flatMap(present), change.new.flatMap(present)) {
    case (let old?, let new?):
      let pair = OneLine.pair(old, new)
      return "is \(pair.old), should be \(pair.new)"
    case (let old, let new): return "is \(old.map(OneLine.text) ?? missing), should be \(new.map(OneLine.text) ?? missing)"
    }
  }

  private func present(_ json: JSONValue) -> JSONValue? { json == .null ? nil : json }
}
