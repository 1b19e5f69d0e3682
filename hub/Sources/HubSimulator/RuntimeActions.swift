import HubAPI
import SpaceModel

extension World {
  /// Asks for a flavour: `requested` changes at once, `current` when the Space runs again (facts hub-api sections 2.8 and 7.2).
  public mutating func requestHardware(
    _ flavour: Flavour, sleepSeconds: Int?, for id: SpaceID, by caller: Caller, at now: Timestamp
  ) throws(Refusal) {
    let hubID = try locate(id, for: caller, .settings)
    guard let space = spaces[hubID], let owner = accounts[id.owner] else { throw .repositoryNotFound(caller) }
    if space.isStatic { throw .rejected("Static Spaces have no hardware") }
    if let sleepSeconds { try World.check(sleepSeconds: sleepSeconds) }
    if space.life.requested != flavour {
      try admit(flavour, sdk: space.sdk ?? .docker, owner: owner, group: space.resourceGroup?.id)
    }
    let assumptions = self.assumptions
    try change(hubID, at: now) { space in
      let restarts = space.life.requested != flavour
      space.life.requested = flavour
      if flavour.hasFixedSleep {
        space.life.sleepSeconds = nil
        space.life.replicas = 1
      } else if let sleepSeconds {
        space.life.sleepSeconds = sleepSeconds
      }
      if restarts {
        space.begin(.hardware, at: now, assumptions: assumptions)
      } else {
        space.planSleep(from: now, assumptions: assumptions)
      }
    }
  }

  /// Sets the idle timeout; accepted and without effect on free hardware (facts hub-api section 7.5).
  public mutating func setSleepTime(
    _ seconds: Int, of id: SpaceID, by caller: Caller, at now: Timestamp
  ) throws(Refusal) {
    let hubID = try locate(id, for: caller, .settings)
    if spaces[hubID]?.isStatic == true { throw .rejected("Static Spaces do not sleep") }
    try World.check(sleepSeconds: seconds)
    let assumptions = self.assumptions
    try change(hubID, at: now) { space in
      if space.life.requested?.hasFixedSleep == false { space.life.sleepSeconds = seconds }
      space.planSleep(from: now, assumptions: assumptions)
    }
  }

  public mutating func setReplicas(_ count: Int, of id: SpaceID, by caller: Caller, at now: Timestamp) throws(Refusal) {
    let hubID = try locate(id, for: caller, .settings)
    guard let space = spaces[hubID] else { throw .repositoryNotFound(caller) }
    guard count >= 1 else { throw .rejected("\"replicas\" must be at least 1") }
    let paid = space.life.requested.flatMap { HardwareCatalogue.published[$0] }?.isPaid ?? false
    guard paid || count == 1 else { throw .rejected("Replicas need paid hardware") }
    let assumptions = self.assumptions
    try change(hubID, at: now) { space in
      let changes = space.life.replicas != count
      space.life.replicas = count
      if changes { space.begin(.change, at: now, assumptions: assumptions) }
    }
  }

  public mutating func setDevMode(_ enabled: Bool, of id: SpaceID, by caller: Caller, at now: Timestamp) throws(Refusal) {
    let hubID = try locate(id, for: caller, .settings)
    if spaces[hubID]?.isStatic == true { throw .rejected("Dev mode is not available on static Spaces") }
    if enabled, accounts[id.owner]?.plan == .free {
      throw .payment("Dev mode needs a PRO, Team or Enterprise plan")
    }
    let assumptions = self.assumptions
    try change(hubID, at: now) { space in
      let changes = space.life.devMode != enabled
      space.life.devMode = enabled
      if changes {
        // Dev mode has an image of its own.
        space.life.built = nil
        space.begin(.change, at: now, assumptions: assumptions)
      }
    }
  }

  public mutating func pause(_ id: SpaceID, by caller: Caller, at now: Timestamp) throws(Refusal) {
    let hubID = try locate(id, for: caller, .settings)
    if spaces[hubID]?.isStatic == true { throw .rejected("Static Spaces cannot be paused") }
    try change(hubID, at: now) { space in space.life.stop(at: .paused) }
  }

  /// Starts a Space from any stage; the only way out of a pause.
  public mutating func restart(
    _ id: SpaceID, factory: Bool, by caller: Caller, at now: Timestamp
  ) throws(Refusal) {
    let hubID = try locate(id, for: caller, .settings)
    if spaces[hubID]?.isStatic == true { throw .rejected("Static Spaces cannot be restarted") }
    if let space = spaces[hubID], let owner = accounts[id.owner], space.isPaid {
      try refuseOverLimit(owner, group: space.resourceGroup?.id)
    }
    let assumptions = self.assumptions
    try change(hubID, at: now) { space in
      space.begin(.restart(factory: factory), at: now, assumptions: assumptions)
    }
  }

  /// Sets a stage from outside, as the platform does when it suspends, evicts or puts to sleep: no one's call led there.
  public mutating func force(_ stage: Stage, error: String?, on id: SpaceID, at now: Timestamp) throws(Refusal) {
    guard let hubID = addresses[id.description] else {
      throw Refusal(404, .notFound(.repository), "Repository not found", code: "RepoNotFound")
    }
    try change(hubID, at: now) { space in
      space.life.stop(at: stage, error: error)
      if stage == .running {
        space.life.current = space.life.requested
        space.life.deployed = space.repository.head
      }
    }
  }
}
