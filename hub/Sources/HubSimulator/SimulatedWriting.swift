import Cryptography
import HubAPI
import SpaceModel

extension SimulatedHub {
  public func createSpace(_ request: SpaceCreation) async throws(HubError) -> CreatedSpace {
    var creation = Creation(id: request.id, sdk: request.sdk)
    creation.visibility = request.visibility
    creation.hardware = request.hardware
    creation.sleepSeconds = request.sleepTime?.wireSeconds
    creation.variables = request.variables.map { Creation.Key(key: $0.key, value: $0.value, note: $0.note) }
    creation.secrets = request.secrets.map { Creation.Key(key: $0.key, value: Self.digest($0.value)) }
    creation.volumes = request.volumes.map(WireVolume.init)
    creation.region = request.region
    creation.resourceGroup = request.resourceGroup
    creation.template = request.template
    creation.devMode = request.devMode ?? false
    let endpoint = self.endpoint
    return try call("create", writes: true) { world, caller, now throws(Refusal) in
      let hubID = try world.create(creation, by: caller, at: now)
      return CreatedSpace(hubID: hubID, address: creation.id, url: "\(endpoint)/spaces/\(creation.id)")
    }
  }

  public func deleteSpace(_ id: SpaceID) async throws(HubError) {
    try call("delete", writes: true) { world, caller, _ throws(Refusal) in try world.delete(id, by: caller) }
  }

  public func moveSpace(_ id: SpaceID, to target: SpaceID) async throws(HubError) {
    try call("move", writes: true) { world, caller, now throws(Refusal) in
      try world.move(id, to: target, by: caller, at: now)
    }
  }

  public func setVisibility(_ visibility: Visibility, of id: SpaceID) async throws(HubError) {
    try call("settings", writes: true) { world, caller, now throws(Refusal) in
      try world.setSettings(World.SettingsChange(visibility: visibility), of: id, by: caller, at: now)
    }
  }

  public func setResourceGroup(_ group: String?, of id: SpaceID) async throws(HubError) {
    try call("resource-group", writes: true) { world, caller, now throws(Refusal) in
      try world.setResourceGroup(group, of: id, by: caller, at: now)
    }
  }

  // MARK: Runtime

  public func requestHardware(
    _ flavour: Flavour, sleepTime: SleepTime?, for id: SpaceID
  ) async throws(HubError) -> SpaceRuntime {
    try call("hardware", writes: true) { world, caller, now throws(Refusal) in
      try world.requestHardware(flavour, sleepSeconds: sleepTime?.wireSeconds, for: id, by: caller, at: now)
      return try Self.runtime(id, &world, caller, now)
    }
  }

  public func setSleepTime(_ sleepTime: SleepTime, of id: SpaceID) async throws(HubError) -> SpaceRuntime {
    try call("sleeptime", writes: true) { world, caller, now throws(Refusal) in
      try world.setSleepTime(sleepTime.wireSeconds, of: id, by: caller, at: now)
      return try Self.runtime(id, &world, caller, now)
    }
  }

  public func setReplicas(_ count: Int, of id: SpaceID) async throws(HubError) {
    try call("replicas", writes: true) { world, caller, now throws(Refusal) in
      try world.setReplicas(count, of: id, by: caller, at: now)
    }
  }

  public func setDevMode(_ enabled: Bool, of id: SpaceID) async throws(HubError) -> SpaceRuntime {
    try call("dev-mode", writes: true) { world, caller, now throws(Refusal) in
      try world.setDevMode(enabled, of: id, by: caller, at: now)
      return try Self.runtime(id, &world, caller, now)
    }
  }

  public func pause(_ id: SpaceID) async throws(HubError) -> SpaceRuntime {
    try call("pause", writes: true) { world, caller, now throws(Refusal) in
      try world.pause(id, by: caller, at: now)
      return try Self.runtime(id, &world, caller, now)
    }
  }

  public func restart(_ id: SpaceID, factory: Bool) async throws(HubError) -> SpaceRuntime {
    try call("restart", writes: true) { world, caller, now throws(Refusal) in
      try world.restart(id, factory: factory, by: caller, at: now)
      return try Self.runtime(id, &world, caller, now)
    }
  }

  // MARK: Keys and volumes

  public func setVariable(_ key: String, value: String, note: String?, of id: SpaceID) async throws(HubError) {
    try call("variables", writes: true) { world, caller, now throws(Refusal) in
      try world.setVariable(key, value: value, note: note, of: id, by: caller, at: now)
    }
  }

  public func deleteVariable(_ key: String, of id: SpaceID) async throws(HubError) {
    try call("variables", writes: true) { world, caller, now throws(Refusal) in
      try world.deleteVariable(key, of: id, by: caller, at: now)
    }
  }

  public func setSecret(_ key: String, value: Secret, of id: SpaceID) async throws(HubError) {
    let digest = Self.digest(value)
    try call("secrets", writes: true) { world, caller, now throws(Refusal) in
      try world.setSecret(key, sha256: digest, note: nil, of: id, by: caller, at: now)
    }
  }

  public func deleteSecret(_ key: String, of id: SpaceID) async throws(HubError) {
    try call("secrets", writes: true) { world, caller, now throws(Refusal) in
      try world.deleteSecret(key, of: id, by: caller, at: now)
    }
  }

  public func setVolumes(_ volumes: [Volume], of id: SpaceID) async throws(HubError) {
    try call("volumes", writes: true) { world, caller, now throws(Refusal) in
      try world.setVolumes(volumes.map(WireVolume.init), of: id, by: caller, at: now)
    }
  }

  private static func digest(_ secret: Secret) -> String { secret.reveal { Digest.sha256Hex(Array($0.utf8)) } }
}
