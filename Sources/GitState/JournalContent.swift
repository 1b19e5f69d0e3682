import SpaceModel
import State

/// The journal of a run as the branch gets it: what earlier runs left open, what this one announced, began and ended.
struct JournalContent: Sendable {
  private let baseLock: String?
  private var lockDigests: Set<String>
  private let inherited: [OpenJournal.Entry]
  /// In the order they were begun.
  private var begun: [OpenJournal.Entry] = []
  private var places: [String: Int] = [:]
  /// In the order they were announced, whether begun by now or not.
  private var announced: [Intent] = []

  /// - Parameter base: the digest of the lock the run starts from.
  init(inherited: OpenJournal?, base: String?) {
    baseLock = inherited == nil ? base : inherited?.baseLock
    lockDigests = inherited?.lockDigests ?? []
    if let base { lockDigests.insert(base) }
    self.inherited = inherited?.entries ?? []
  }

  /// Whether this run wrote anything to the Hub, or may have.
  var hasBegun: Bool { !begun.isEmpty }
  var operations: Int { begun.count }
  var unsettled: Int { begun.count { $0.outcome == nil || $0.outcome?.status == .uncertain } }

  mutating func announce(_ intents: [Intent]) { announced += intents }

  mutating func begin(_ intent: Intent) {
    places[intent.id] = begun.count
    begun.append(OpenJournal.Entry(intent: intent))
  }

  mutating func end(_ outcome: Outcome) {
    guard let place = places[outcome.intent] else { return }
    begun[place].outcome = outcome
  }

  /// A lock that is saved beside this journal is the journal's own.
  mutating func saved(_ digest: String?) {
    if let digest { lockDigests.insert(digest) }
  }

  /// The run is over: what was not begun will not be.
  mutating func dropAnnounced() { announced = [] }

  /// Ids of everything in it.
  var ids: Set<String> { Set(places.keys).union(announced.map(\.id)) }

  /// Nil when nothing is recorded.
  var text: String? {
    let entries = inherited + begun + announced.filter { places[$0.id] == nil }.map { OpenJournal.Entry(intent: $0) }
    guard !entries.isEmpty else { return nil }
    var text = JournalCodec.header(baseLock: baseLock)
    for digest in lockDigests.sorted() { text += JournalCodec.saved(lock: digest) }
    for entry in entries {
      text += JournalCodec.line(entry.intent)
      if let outcome = entry.outcome { text += JournalCodec.line(outcome) }
    }
    return text
  }

  /// What the branch says an ended process left, with what its own disk here knows better: which intents it began, and how they ended.
  /// - Parameter announced: ids of the intents it announced; those that its disk does not have were never begun.
  static func merged(_ branch: OpenJournal?, local: OpenJournal?, announced: Set<String>) -> OpenJournal? {
    var merged = branch ?? OpenJournal(baseLock: local?.baseLock, entries: [])
    let begun = Set((local?.entries ?? []).map(\.intent.id))
    merged.entries.removeAll { announced.contains($0.intent.id) && !begun.contains($0.intent.id) }
    var places: [String: Int] = [:]
    for (place, entry) in merged.entries.enumerated() { places[entry.intent.id] = place }
    for entry in local?.entries ?? [] {
      if let place = places[entry.intent.id] { merged.entries[place] = entry } else { merged.entries.append(entry) }
    }
    merged.lockDigests.formUnion(local?.lockDigests ?? [])
    return merged.entries.isEmpty ? nil : merged
  }
}
