import Diagnostics
import HubAPI
import Reconciler
import SpaceModel
import State

/// Which side of a merge is right about one address, and why.
struct LockDecision {
  enum Side: String {
    case ours, theirs
    /// The Space is at neither side's address: no record stays.
    case neither
  }

  let dispute: LockRepair.Dispute
  var side: Side?
  var reason: String

  /// What the repaired lock records at the address.
  var record: LockRecord? {
    switch side {
    case .ours: dispute.ours
    case .theirs: dispute.theirs
    case .neither, nil: nil
    }
  }

  /// Asks the Hub what is at the address: its id tells whose Space it is, its head whose commit is the later one.
  static func make(_ dispute: LockRepair.Dispute, _ hub: any HubAPI) async throws(Failure) -> LockDecision {
    do throws(HubError) { return decide(dispute, try await hub.space(dispute.address)) } catch {
      if case .moved = error.kind {
        return LockDecision(dispute: dispute, side: .neither, reason: "the Space was moved away from there")
      }
      // Missing and invisible look alike, so a record is not given up for it.
      if error.isNotFound {
        return LockDecision(dispute: dispute, side: nil, reason: "the Hub shows no Space there to this token")
      }
      throw error.failure(doing: "asking the Hub about \(dispute.address)")
    }
  }

  static func decide(_ dispute: LockRepair.Dispute, _ info: SpaceInfo) -> LockDecision {
    guard info.address == dispute.address else {
      return LockDecision(dispute: dispute, side: .neither, reason: "the Space was moved to \(info.address)")
    }
    let sides = [(Side.ours, dispute.ours), (.theirs, dispute.theirs)].filter { $0.1?.hubID == info.hubID }
    guard let first = sides.first else {
      return LockDecision(dispute: dispute, side: nil, reason: "the Space there is neither side's (\(info.hubID))")
    }
    if sides.count == 1 {
      return LockDecision(dispute: dispute, side: first.0, reason: "only that side has the id \(info.hubID)")
    }
    let atHead = sides.filter { $0.1?.content != nil && $0.1?.content?.commit == info.sha }
    if atHead.count == 1, let side = atHead.first {
      return LockDecision(
        dispute: dispute, side: side.0, reason: "its commit \(info.sha?.prefix(7) ?? "") is the Space's head")
    }
    return LockDecision(
      dispute: dispute, side: nil,
      reason: "both sides record the same Space and \(atHead.isEmpty ? "another" : "the same") commit")
  }
}
