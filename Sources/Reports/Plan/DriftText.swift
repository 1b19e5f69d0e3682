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
        lines.append("    \(style.red(stage.rawValue)): `spaceform logs \(space.address)` shows why")
      }
      for change in space.changes {
        let old = change.isSecret ? "changed on the Hub" : text(change.old)
        lines.append("    \(change.path)  is \(old)\(change.isSecret ? "" : ", should be \(text(change.new))")")
      }
      lines += space.foreignCommits.map { "    commit \(Printable.text($0))" }
      lines += space.files.prefix(20).map { "    file \(Printable.text($0.path))" }
      if space.files.count > 20 { lines.append("    and \(space.files.count - 20) more files") }
    }
    lines.append("")
    lines.append(
      "\(style.bold("Drift:")) \(counted(drift.spaces.count, "Space")). `spaceform apply` puts it right; `spaceform plan` shows how."
    )
    return lines.joined(separator: "\n") + "\n"
  }

  private func text(_ json: JSONValue?) -> String {
    switch json {
    case nil, .null?: "not there"
    case .string(let text)?: Printable.text(text)
    case let other?: other.canonicalText
    }
  }
}
