import Console
import Reconciler
import SpaceModel

/// One attribute that differs: a line, or for volumes a line for each of them.
struct ChangeLines {
  let style: Style
  /// Columns of the longest name beside it.
  let width: Int
  /// The Space is not born yet, so nothing of it restarts.
  let isNew: Bool
  /// Says of a change that it is drift; false where the whole Space is.
  let marksDrift: Bool

  func lines(_ change: Change) -> [String] {
    let name = Columns.padded(change.path, to: width) + "  "
    let predicted = change.isPredicted ? style.dim("  (predicted)") : ""
    let end = predicted + effect(change) + origin(change)
    if change.isSecret {
      guard let new = change.new?.stringValue else { return [name + "(secret) " + style.red("→ removed") + end] }
      return [name + TerminalText.escaped(new) + end]
    }
    if change.path == "volumes" { return volumes(change, name: name, end: end) }
    switch (change.old, change.new) {
    case (let old?, let new?) where old != .null:
      let pair = OneLine.pair(old, new)
      return ["\(name)\(pair.old) → \(pair.new)\(end)"]
    case (_, let new?): return [isNew ? "\(name)\(OneLine.text(new))\(end)" : "\(name)(not set) → \(OneLine.text(new))\(end)"]
    case (let old, nil): return ["\(name)\(old.map(OneLine.text) ?? "(not set)") \(style.red("→ removed"))\(end)"]
    }
  }

  private func effect(_ change: Change) -> String {
    if isNew { return "" }
    return switch change.effect {
    case .none, .inPlace: ""
    case .restart: style.dim("  restarts")
    case .rebuild: style.dim("  rebuilds")
    case .replace: style.red("  replaces")
    }
  }

  private func origin(_ change: Change) -> String {
    marksDrift && change.origin == .drift ? style.yellow("  (drift)") : ""
  }

  // MARK: Volumes

  /// The mounts that come and go; the others stay as they are and are not shown.
  private func volumes(_ change: Change, name: String, end: String) -> [String] {
    let old = change.old?.arrayValue ?? []
    let new = change.new?.arrayValue ?? []
    let count = new.isEmpty ? "none" : "\(new.count) mounted"
    return ["\(name)\(count)\(end)"]
      + old.filter { !new.contains($0) }.map { "  \(style.red("-")) \(VolumeText.line($0))" }
      + new.filter { !old.contains($0) }.map { "  \(style.green("+")) \(VolumeText.line($0))" }
  }
}
