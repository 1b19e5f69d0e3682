import Diagnostics
import SpaceModel

/// A lock put together from the two sides of a merge, as far as that is possible without asking the Hub.
public struct LockRepair: Hashable, Sendable {
  /// What both sides agree on, and what only one side has.
  public var lock: Lock
  /// What they do not agree on, sorted by address: none of these is in `lock`, and only the Hub can tell.
  public var unsettled: [Dispute]

  /// One address that the sides record differently, or whose Space one side records at another address.
  public struct Dispute: Hashable, Sendable {
    public var address: SpaceID
    public var ours: LockRecord?
    public var theirs: LockRecord?
  }

  /// Takes a conflicted lock file apart and merges its sides.
  /// - Returns: nil when the text holds no conflict markers.
  /// - Throws: markers that do not pair, a side that is no lock, sides of different projects or Hubs.
  public static func merge(conflicted bytes: [UInt8], file: String) throws(Failure) -> LockRepair? {
    guard let text = try ConflictedText(bytes, file: file) else { return nil }
    return try merge(
      ours: LockCodec.parse(text.ours, file: "our side of \(file)"),
      theirs: LockCodec.parse(text.theirs, file: "their side of \(file)"), file: file)
  }

  /// Record by record: equal ones stay, a record of one side only stays, different ones are disputed, and so are two records
  /// of one Space (moved on one side). The revision stays when both name the same.
  ///
  /// - Parameters:
  ///   - ours: one side of the merge.
  ///   - theirs: the other side of the merge.
  ///   - file: where both come from, for messages.
  public static func merge(ours: Lock, theirs: Lock, file: String = "spaceform.lock") throws(Failure) -> LockRepair {
    try requireEqual(ours.project, theirs.project, "project", file)
    try requireEqual(ours.hub, theirs.hub, "Hub", file)
    let revision = ours.revision == theirs.revision ? ours.revision : nil
    var lock = Lock(project: ours.project, hub: ours.hub, revision: revision)
    var unsettled: [Dispute] = []
    var addresses: [String: Set<SpaceID>] = [:]
    for side in [ours, theirs] {
      for (address, record) in side.spaces { addresses[record.hubID, default: []].insert(address) }
    }
    for address in Set(ours.spaces.keys).union(theirs.spaces.keys).sorted() {
      let mine = ours.spaces[address]
      let other = theirs.spaces[address]
      let isMoved = [mine, other].contains { record in record.map { addresses[$0.hubID, default: []].count > 1 } ?? false }
      if !isMoved, let record = mine ?? other, mine == nil || other == nil || mine == other {
        lock.spaces[address] = record
      } else {
        unsettled.append(Dispute(address: address, ours: mine, theirs: other))
      }
    }
    return LockRepair(lock: lock, unsettled: unsettled)
  }

  private static func requireEqual(_ ours: String, _ theirs: String, _ what: String, _ file: String) throws(Failure) {
    guard ours != theirs else { return }
    throw Failure(
      doing: "merging the two sides of \(file)", problem: "they are of different \(what)s, \(ours) and \(theirs)",
      help: "Keep one of them with `git checkout --ours -- \(file)` or `git checkout --theirs -- \(file)`.")
  }
}
