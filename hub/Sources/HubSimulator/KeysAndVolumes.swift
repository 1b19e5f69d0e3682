import HubAPI
import SpaceModel

extension World {
  public func variables(of id: SpaceID, for caller: Caller) throws(Refusal) -> [String: LiveVariable] {
    spaces[try locate(id, for: caller, .keys)]?.variables ?? [:]
  }

  public func secrets(of id: SpaceID, for caller: Caller) throws(Refusal) -> [String: LiveSecret] {
    (spaces[try locate(id, for: caller, .keys)]?.secrets ?? [:])
      .mapValues { LiveSecret(description: $0.description, updatedAt: $0.updatedAt) }
  }

  /// Writes one variable; the app restarts (facts hub-api sections 2.9 and 7.3).
  public mutating func setVariable(
    _ key: String, value: String, note: String?, of id: SpaceID, by caller: Caller, at now: Timestamp
  ) throws(Refusal) {
    let hubID = try locate(id, for: caller, .settings)
    try World.check(key: key)
    let assumptions = self.assumptions
    try change(hubID, at: now) { space in
      let before = space.variables[key]
      let kept = assumptions["omitted-description"] == "keep" ? before?.description : nil
      space.variables[key] = LiveVariable(value: value, description: note ?? kept, updatedAt: now)
      if before?.value != value || assumptions["same-value"] == "restart" {
        space.begin(.change, at: now, assumptions: assumptions)
      }
    }
  }

  /// Deletes one variable; an unknown one is no error.
  public mutating func deleteVariable(
    _ key: String, of id: SpaceID, by caller: Caller, at now: Timestamp
  ) throws(Refusal) {
    let hubID = try locate(id, for: caller, .settings)
    let assumptions = self.assumptions
    try change(hubID, at: now) { space in
      guard space.variables.removeValue(forKey: key) != nil else { return }
      space.begin(.change, at: now, assumptions: assumptions)
    }
  }

  /// Writes one secret.
  ///
  /// - Parameters:
  ///   - key: its name.
  ///   - sha256: the digest of its value; the value itself does not come here.
  ///   - note: its description; nil leaves that alone.
  ///   - id: the Space.
  ///   - caller: who asks.
  ///   - now: when it is written.
  public mutating func setSecret(
    _ key: String, sha256: String, note: String?, of id: SpaceID, by caller: Caller, at now: Timestamp
  ) throws(Refusal) {
    let hubID = try locate(id, for: caller, .settings)
    try World.check(key: key)
    let assumptions = self.assumptions
    try change(hubID, at: now) { space in
      let before = space.secrets[key]
      let kept = assumptions["omitted-description"] == "keep" ? before?.description : nil
      space.secrets[key] = Space.StoredSecret(sha256: sha256, description: note ?? kept, updatedAt: now)
      if before?.sha256 != sha256 || assumptions["same-value"] == "restart" {
        space.begin(.change, at: now, assumptions: assumptions)
      }
    }
  }

  /// Deletes one secret; an unknown one is no error.
  public mutating func deleteSecret(
    _ key: String, of id: SpaceID, by caller: Caller, at now: Timestamp
  ) throws(Refusal) {
    let hubID = try locate(id, for: caller, .settings)
    let assumptions = self.assumptions
    try change(hubID, at: now) { space in
      guard space.secrets.removeValue(forKey: key) != nil else { return }
      space.begin(.change, at: now, assumptions: assumptions)
    }
  }

  /// Replaces the whole list of volumes (facts hub-api section 2.11).
  public mutating func setVolumes(
    _ volumes: [WireVolume], of id: SpaceID, by caller: Caller, at now: Timestamp
  ) throws(Refusal) {
    let hubID = try locate(id, for: caller, .settings)
    let isStatic = spaces[hubID]?.isStatic == true
    if isStatic { throw .rejected("Static Spaces have no volumes") }
    try World.check(volumes: volumes, isStatic: isStatic)
    let assumptions = self.assumptions
    try change(hubID, at: now) { space in
      let kept = volumes.map(World.normalised)
      let changes = space.volumes != kept
      space.volumes = kept
      if changes { space.begin(.change, at: now, assumptions: assumptions) }
    }
  }

  /// Removes all volumes; refused when there are none.
  public mutating func deleteVolumes(of id: SpaceID, by caller: Caller, at now: Timestamp) throws(Refusal) {
    let hubID = try locate(id, for: caller, .settings)
    guard spaces[hubID]?.volumes.isEmpty == false else { throw .rejected("There are no volumes to remove") }
    try setVolumes([], of: id, by: caller, at: now)
  }

  /// Repositories are mounted read-only whatever was asked.
  static func normalised(_ volume: WireVolume) -> WireVolume { volume.volume.map(WireVolume.init) ?? volume }
}
