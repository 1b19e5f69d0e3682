import Console
import Reconciler
import SpaceModel

/// The fleet's status for people.
public struct StatusText {
  // A token sees what it may see: what is not in the list need not be gone.
  private static let missing = "NOT SEEN"

  private let style: Style

  public init(style: Style) { self.style = style }

  public func text(_ status: FleetStatus) -> String {
    guard !status.spaces.isEmpty else { return "The lock records no Space.\n" }
    var table = TextTable(["SPACE", "STAGE", "HARDWARE", "$/HOUR NOW", "$/MONTH", "COMMIT"])
    for space in status.spaces {
      guard let info = space.info else {
        let missing = space.movedTo.map { "MOVED to \($0)" } ?? Self.missing
        table.add([space.address.description, missing, "-", "-", "-", "-"])
        continue
      }
      let runtime = info.runtime
      table.add([
        space.address.description, runtime?.stage.rawValue ?? "unknown",
        hardware(runtime?.hardware.current, runtime?.hardware.requested), price(status.hourlyNow(space)),
        price(status.monthly(space)),
        commit(head: info.sha, running: runtime?.sha, recorded: space.recorded?.commit),
      ])
    }
    return table.text { row, column, cell in
      if row == 0 { return style.bold(cell) }
      guard column == 1 else { return cell }
      let stage = Stage(rawValue: cell)
      let isBad = stage.isError || cell == Self.missing || cell.hasPrefix("MOVED")
      return stage == .running ? style.green(cell) : isBad ? style.red(cell) : style.yellow(cell)
    } + "\n" + summary(status) + errors(status)
  }

  /// How many Spaces are in which stage, and what they cost.
  private func summary(_ status: FleetStatus) -> String {
    var counts: [String: Int] = [:]
    for space in status.spaces {
      let stage = space.info.map { $0.runtime?.stage.rawValue ?? "unknown" } ?? (space.movedTo == nil ? Self.missing : "MOVED")
      counts[stage, default: 0] += 1
    }
    let stages = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \(TerminalText.escaped($0.key))" }
    let cost = "\(status.hourlyNow) an hour now, at most \(status.monthly) a month"
    return "\(counted(status.spaces.count, "Space")): \(stages.joined(separator: ", ")). \(cost).\n"
  }

  private func price(_ money: Money?) -> String { money?.description ?? "?" }

  /// What the Hub says of the Spaces that are down.
  private func errors(_ status: FleetStatus) -> String {
    let lines = status.spaces.compactMap { space -> String? in
      guard let runtime = space.info?.runtime, runtime.stage.isError else { return nil }
      let why =
        runtime.errorMessage?.split(whereSeparator: \.isNewline).first.map { TerminalText.escaped(String($0)) + "; " } ?? ""
      return "\(space.address): \(why)`spaceform logs \(space.address)` shows more\n"
    }
    return lines.isEmpty ? "" : "\n" + lines.joined()
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
