import HubAPI
import SpaceModel

extension World {
  /// Deletes a Space for good (facts hub-api section 2.2).
  public mutating func delete(_ id: SpaceID, by caller: Caller) throws(Refusal) {
    let hubID = try locate(id, for: caller, .ownership)
    spaces[hubID] = nil
    unindex(id)
    redirects = redirects.filter { $0.value != hubID }
  }

  /// Renames a Space or takes it to another owner; the old address redirects reads (facts hub-api section 2.3).
  public mutating func move(_ id: SpaceID, to target: SpaceID, by caller: Caller, at now: Timestamp) throws(Refusal) {
    let access: Access = id.owner == target.owner ? .settings : .ownership
    let hubID = try locate(id, for: caller, access)
    if id == target { return }
    guard addresses[target.description] == nil else {
      throw Refusal(
        409, .alreadyExists(url: nil), "A space repository called \(target) already exists", url: target.description)
    }
    if id.owner != target.owner {
      try allowCreation(caller, in: target.owner)
      guard accounts[target.owner]?.kind == .org || target.owner == caller.account else {
        throw .forbidden("A Space cannot be moved to another user")
      }
    }
    let assumptions = self.assumptions
    unindex(id)
    try change(hubID, at: now) { space in
      space.address = target
      if id.owner != target.owner { space.resourceGroup = nil }
      space.lastModified = now
      // The host changes with the name, and the app is told its host by the environment.
      space.begin(.change, at: now, assumptions: assumptions)
    }
    index(target, hubID)
    redirects[id.description] = hubID
  }

  /// What `PUT /settings` may change; nil leaves a setting alone (facts hub-api section 2.4).
  public struct SettingsChange: Hashable, Sendable {
    public var visibility: Visibility?
    /// `false`, `auto` or `manual`.
    public var gated: String?
    public var discussionsDisabled: Bool?
    public init(visibility: Visibility? = nil, gated: String? = nil, discussionsDisabled: Bool? = nil) {
      self.visibility = visibility
      self.gated = gated
      self.discussionsDisabled = discussionsDisabled
    }
  }

  public mutating func setSettings(
    _ change: SettingsChange, of id: SpaceID, by caller: Caller, at now: Timestamp
  ) throws(Refusal) {
    let hubID = try locate(id, for: caller, .settings)
    if change.visibility == .protected, accounts[id.owner]?.plan == .free {
      throw .payment("Protected Spaces need a PRO, Team or Enterprise plan")
    }
    try self.change(hubID, at: now) { space in
      if let visibility = change.visibility { space.visibility = visibility }
      if let gated = change.gated { space.gated = gated == "false" ? nil : gated }
      if let disabled = change.discussionsDisabled { space.discussionsDisabled = disabled }
    }
  }

  /// The resource group of a Space; nil when it is in none.
  public func resourceGroup(of id: SpaceID, for caller: Caller) throws(Refusal) -> ResourceGroup? {
    spaces[try locate(id, for: caller, .read)]?.resourceGroup
  }

  /// Puts a Space in a resource group of its organisation, or in none.
  public mutating func setResourceGroup(
    _ group: String?, of id: SpaceID, by caller: Caller, at now: Timestamp
  ) throws(Refusal) {
    let hubID = try locate(id, for: caller, .settings)
    guard let owner = accounts[id.owner], owner.kind == .org else {
      throw .rejected("Resource groups belong to organisations")
    }
    let found = try group.map { wanted throws(Refusal) in try resourceGroup(wanted, of: owner) }
    try change(hubID, at: now) { space in space.resourceGroup = found }
  }

  /// Copies a Space with its whole history and its variables; secrets stay behind (facts hub-api section 2.5).
  public mutating func duplicate(
    _ source: SpaceID, as request: Creation, by caller: Caller, at now: Timestamp
  ) throws(Refusal) -> String {
    let sourceID = try locate(source, for: caller, .files)
    guard let original = spaces[sourceID] else { throw .repositoryNotFound(caller) }
    var request = request
    request.sdk = original.sdk ?? .docker
    if request.visibility == nil {
      request.visibility = assumptions["duplicate-visibility"] == "private" ? .private : original.visibility
    }
    let hubID = try create(request, by: caller, at: now)
    let assumptions = self.assumptions
    try change(hubID, at: now) { space in
      space.repository = original.repository
      space.card = original.card
      for (key, variable) in original.variables where space.variables[key] == nil { space.variables[key] = variable }
      space.begin(.change, at: now, assumptions: assumptions)
    }
    return hubID
  }
}
