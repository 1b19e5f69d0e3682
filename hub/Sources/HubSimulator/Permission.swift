import HubAPI
import SpaceModel

/// What a call wants to do to a Space.
public enum Access: Hashable, Sendable {
  case read
  /// The bytes of files: what a gate keeps from those who were not let in.
  case files
  /// Variables and secrets by name: more than reading, less than writing.
  case keys
  case content
  case settings
  /// Delete, or take to another owner.
  case ownership
}

extension World {
  /// Finds a Space for a caller who wants to do this, and gives its Hub id.
  ///
  /// - Throws: 401 or 404 when it is missing or may not be seen, 403 when it may be seen but not that, 307 to the new address.
  public func locate(_ id: SpaceID, for caller: Caller, _ access: Access) throws(Refusal) -> String {
    guard let hubID = addresses[id.description], let space = spaces[hubID] else {
      throw moved(id, caller, access) ?? .repositoryNotFound(caller)
    }
    guard sees(space, caller) else { throw .repositoryNotFound(caller) }
    try allow(caller, access, on: space)
    return hubID
  }

  private func moved(_ id: SpaceID, _ caller: Caller, _ access: Access) -> Refusal? {
    let reads = [.read, .files, .keys].contains(access)
    guard assumptions[reads ? "moved-read" : "moved-write"] == "redirect",
      let hubID = redirects[id.description], let space = spaces[hubID], sees(space, caller)
    else { return nil }
    return Refusal(
      307, .moved(to: space.address.description), "Temporary Redirect. Redirecting to \(space.address)",
      url: space.address.description)
  }

  /// Whether the caller may see the Space at all.
  func sees(_ space: Space, _ caller: Caller) -> Bool {
    if space.visibility == .public { return true }
    guard let grant = caller.grant else { return false }
    switch grant.power {
    case .oneSpace(let hubID): return hubID == space.hubID
    case .fineGrained(let scopes) where !scopes.contains(where: { $0.covers(space) && $0.reads }): return false
    case .fineGrained, .read, .write: break
    }
    return belongs(grant.account, to: space.address.owner)
  }

  func belongs(_ user: String, to owner: String) -> Bool {
    user == owner || accounts[owner]?.members[user] != nil
  }

  private func allow(_ caller: Caller, _ access: Access, on space: Space) throws(Refusal) {
    if access == .read { return }
    if access == .files { return try allowThroughGate(caller, of: space) }
    guard let grant = caller.grant else { throw .noToken }
    let owner = space.address.owner
    switch grant.power {
    case .oneSpace(let hubID):
      guard hubID == space.hubID else {
        throw .forbidden("This token may write to another repository only")
      }
      if access == .ownership || (access != .content && assumptions["oidc-writes"] == "content") {
        throw .forbidden("An exchanged token may not do this; it may write the repository's content")
      }
      return
    case .read where access != .keys || assumptions["keys-readable-by"] == "write-token":
      throw .forbidden("You have a read-only token; this needs a token with the write role")
    case .fineGrained(let scopes):
      let needed = access == .keys && assumptions["keys-readable-by"] == "member" ? \TokenScope.reads : \TokenScope.writes
      guard scopes.contains(where: { $0.covers(space) && $0[keyPath: needed] }) else {
        throw .forbidden("Your fine-grained token does not have the permission repo.write on \(space.address)")
      }
    case .read, .write: break
    }
    let role = owner == grant.account ? Account.Role.admin : accounts[owner]?.members[grant.account]
    let enough = access == .ownership ? role == .admin : role?.writes ?? false
    guard enough else { throw .forbidden("You don't have the rights to change \(space.address)") }
  }

  /// Whether the caller may create Spaces for this owner.
  func allowCreation(_ caller: Caller, in owner: String) throws(Refusal) {
    guard let grant = caller.grant else { throw .noToken }
    switch grant.power {
    // An exchanged token cannot create (facts hub-api section 1.5).
    case .oneSpace: throw .noToken
    case .read: throw .forbidden("You have a read-only token; creating a space needs a token with the write role")
    case .fineGrained(let scopes):
      guard scopes.contains(where: { $0.entity == .owner(owner) && $0.writes }) else {
        throw .forbidden("Your fine-grained token does not have the permission repo.write under the namespace \"\(owner)\"")
      }
    case .write: break
    }
    let role = owner == grant.account ? Account.Role.admin : accounts[owner]?.members[grant.account]
    guard accounts[owner] != nil, let role, role != .read else {
      throw .forbidden("You don't have the rights to create a space under the namespace \"\(owner)\"")
    }
  }
}

extension World {
  /// Whether every Space of an owner may be seen by this caller.
  public func seesAll(of owner: String, _ caller: Caller) -> Bool {
    guard let grant = caller.grant else { return false }
    switch grant.power {
    case .oneSpace: return false
    case .fineGrained(let scopes) where !scopes.contains(where: { $0.entity == .owner(owner) && $0.reads }): return false
    case .fineGrained, .read, .write: break
    }
    return belongs(grant.account, to: owner)
  }

  /// Whether one Space may be seen by this caller.
  public func isVisible(_ space: Space, to caller: Caller) -> Bool { sees(space, caller) }

  /// Hub ids of an owner's Spaces, by name.
  public func hubIDs(ownedBy owner: String) -> [String] {
    (names[owner] ?? []).compactMap { addresses["\(owner)/\($0)"] }
  }
}
