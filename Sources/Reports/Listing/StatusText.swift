import Console
import Reconciler
import SpaceModel

/// The fleet's status for people.
public struct StatusText {
  private let style: Style

  public init(style: Style) { self.style = style }

  public func text(_ status: FleetStatus) -> String {
    var table = TextTable(["SPACE", "STAGE", "HARDWARE", "COMMIT"])
    for space in status.spaces {
      guard let info = space.info else {
        table.add([space.address.description, "GONE", "-", "-"])
        continue
      }
      let runtime = info.runtime
      table.add([
        space.address.description, runtime?.stage.rawValue ?? "unknown",
        hardware(runtime?.hardware.current, runtime?.hardware.requested),
        commit(head: info.sha, running: runtime?.sha, recorded: space.recorded?.commit),
      ])
    }
    return table.text { row, column, cell in
      if row == 0 { return style.bold(cell) }
      guard column == 1 else { return cell }
      let stage = Stage(rawValue: cell)
      return stage == .running ? style.green(cell) : stage.isError || cell == "GONE" ? style.red(cell) : style.yellow(cell)
    }
  }

  private func hardware(_ current: Flavour?, _ requested: Flavour?) -> String {
    guard let requested else { return current?.rawValue ?? "-" }
    guard let current else { return "\(requested) (requested)" }
    return current == requested ? current.rawValue : "\(current) → \(requested)"
  }

  private func commit(head: String?, running: String?, recorded: String?) -> String {
    guard let head else { return "-" }
    var text = String(head.prefix(7))
    if let running, running != head { text += " (running \(running.prefix(7)))" }
    if let recorded, recorded != head { text += " (recorded \(recorded.prefix(7)))" }
    return text
  }
}
