import HubAPI
import SpaceModel

/// Spend limits of an organisation or of one of its resource groups (facts hub-api section 7.1): once one is reached, upgrades
/// are refused and the platform pauses the paid Spaces under it; nobody starts them again when the limit is raised.
public enum SpendLimit {
  /// Stands among resource group ids for the limit of the whole account.
  static let wholeAccount = "*"
}

extension World {
  /// Reaches a limit, which pauses every paid Space under it, or lifts it, which starts none.
  ///
  /// - Parameters:
  ///   - reached: whether the limit is reached, or lifted.
  ///   - owner: the account.
  ///   - group: the id of one resource group; nil is the whole account.
  ///   - now: when that is.
  /// - Returns: the addresses of the Spaces that were paused.
  /// - Throws: 404 for an account or a group that is not there.
  @discardableResult
  public mutating func setSpendLimit(
    reached: Bool, of owner: String, group: String?, at now: Timestamp
  ) throws(Refusal) -> [SpaceID] {
    guard var account = accounts[owner] else { throw Refusal(404, .notFound(.other), "There is no account \(owner)") }
    if let group { _ = try resourceGroup(group, of: account) }
    var limits = account.reachedLimits ?? []
    if reached { limits.insert(group ?? SpendLimit.wholeAccount) } else { limits.remove(group ?? SpendLimit.wholeAccount) }
    account.reachedLimits = limits.isEmpty ? nil : limits
    accounts[owner] = account
    guard reached else { return [] }
    var paused: [SpaceID] = []
    for hubID in hubIDs(ownedBy: owner) {
      guard let space = settled(hubID, at: now), space.isPaid, space.life.stage != .paused,
        group == nil || space.resourceGroup?.id == group
      else { continue }
      try change(hubID, at: now) { space in space.life.stop(at: .paused) }
      paused.append(space.address)
    }
    return paused
  }

  /// Refuses what would cost money under a limit that is reached. No source names the status; 402 is that of every other gate of
  /// payment.
  func refuseOverLimit(_ owner: Account, group: String?) throws(Refusal) {
    guard let limits = owner.reachedLimits else { return }
    if limits.contains(SpendLimit.wholeAccount) || group.map(limits.contains) == true {
      throw .payment("The spend limit of \(owner.name) is reached; paid hardware is not available until it is raised")
    }
  }
}

extension Account {
  /// What `whoami` says of an organisation (facts hub-api section 1.4).
  public var isSpendLimitReached: Bool { reachedLimits?.contains(SpendLimit.wholeAccount) ?? false }
}
