import HubSimulator
import SpaceModel

/// The state all requests share.
struct Core {
  var world: World
  var ledger = QuotaLedger()
  var actions = ActionLedger()
  /// How often each write had its effect, by `create acme/chat` and the like: what shows a write that happened twice.
  var effects: [String: Int] = [:]
  /// Faults that were played, the oldest first; the latest ten thousand.
  var played: [PlayedFault] = []
  /// Creates under way, by account.
  var creating: Set<String> = []
  var faults: FaultPlan
  var fragments = FragmentCache()
  var requests: UInt64 = 0
}

/// List entries as they were last written, so that a page of a thousand Spaces that did not change is copying.
struct FragmentCache {
  private struct Entry {
    var version: UInt64
    var bytes: [UInt8]
  }
  private var entries: [String: [String: Entry]] = [:]

  /// - Parameter projection: names what the entry shows; a handful exist at a time.
  mutating func fragment(
    of hubID: String, version: UInt64, projection: String, make: () -> [UInt8]
  ) -> [UInt8] {
    if let entry = entries[projection]?[hubID], entry.version == version { return entry.bytes }
    if entries.count > 16, entries[projection] == nil { entries = [:] }
    let bytes = make()
    entries[projection, default: [:]][hubID] = Entry(version: version, bytes: bytes)
    return bytes
  }

  mutating func forget(_ hubID: String) {
    for projection in entries.keys { entries[projection]?[hubID] = nil }
  }
}
