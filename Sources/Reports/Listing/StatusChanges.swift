import Console
import HubAPI
import Reconciler
import SpaceModel

/// What changed between two looks at a fleet, a line a Space: for logs, where a table cannot be drawn anew.
public enum StatusChanges {
  public static func lines(from old: FleetStatus, to new: FleetStatus) -> [String] {
    let before = Dictionary(old.spaces.map { ($0.address, $0) }) { first, _ in first }
    return new.spaces.compactMap { space in
      guard let earlier = before[space.address] else { return nil }
      let changes = [
        change("stage", stage(earlier), stage(space)),
        change("hardware", hardware(earlier) { $0.current }, hardware(space) { $0.current }),
        change("requested", hardware(earlier) { $0.requested }, hardware(space) { $0.requested }),
        change("head", commit(earlier.info?.sha), commit(space.info?.sha)),
        change("running", commit(earlier.info?.runtime?.sha), commit(space.info?.runtime?.sha)),
      ].compactMap(\.self)
      return changes.isEmpty ? nil : TerminalText.escaped("\(space.address): \(changes.joined(separator: ", "))")
    }
  }

  private static func change(_ name: String, _ old: String, _ new: String) -> String? {
    old == new ? nil : "\(name) \(old) → \(new)"
  }

  private static func stage(_ space: FleetStatus.Space) -> String {
    guard let info = space.info else { return space.movedTo.map { "moved to \($0)" } ?? "not seen" }
    return info.runtime?.stage.rawValue ?? "unknown"
  }

  private static func hardware(_ space: FleetStatus.Space, _ part: (SpaceRuntime.Hardware) -> Flavour?) -> String {
    space.info?.runtime.flatMap { part($0.hardware) }?.rawValue ?? "none"
  }

  private static func commit(_ sha: String?) -> String { sha.map { String($0.prefix(7)) } ?? "none" }
}
