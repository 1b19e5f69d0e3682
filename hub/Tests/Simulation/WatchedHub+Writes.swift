import HubAPI
import SpaceModel

extension WatchedHub {
  func createSpace(_ request: SpaceCreation) async throws(HubError) -> CreatedSpace {
    try await write(.create, request.id) { [hub] () async throws(HubError) in try await hub.createSpace(request) }
  }
  func deleteSpace(_ id: SpaceID) async throws(HubError) {
    try await write(.delete, id, canBeLate: false) { [hub] () async throws(HubError) in try await hub.deleteSpace(id) }
  }
  func moveSpace(_ id: SpaceID, to target: SpaceID) async throws(HubError) {
    try await write(.move, id, canBeLate: false) { [hub] () async throws(HubError) in try await hub.moveSpace(id, to: target) }
  }
  func setVisibility(_ visibility: Visibility, of id: SpaceID) async throws(HubError) {
    try await write(.visibility, id) { [hub] () async throws(HubError) in try await hub.setVisibility(visibility, of: id) }
  }
  func setResourceGroup(_ group: String?, of id: SpaceID) async throws(HubError) {
    try await write(.resourceGroup, id) { [hub] () async throws(HubError) in try await hub.setResourceGroup(group, of: id) }
  }
  func requestHardware(
    _ flavour: Flavour, sleepTime: SleepTime?, for id: SpaceID
  ) async throws(HubError) -> SpaceRuntime {
    try await write(.hardware, id) { [hub] () async throws(HubError) in
      try await hub.requestHardware(flavour, sleepTime: sleepTime, for: id)
    }
  }
  func setSleepTime(_ sleepTime: SleepTime, of id: SpaceID) async throws(HubError) -> SpaceRuntime {
    try await write(.sleepTime, id) { [hub] () async throws(HubError) in try await hub.setSleepTime(sleepTime, of: id) }
  }
  func setReplicas(_ count: Int, of id: SpaceID) async throws(HubError) {
    try await write(.replicas, id) { [hub] () async throws(HubError) in try await hub.setReplicas(count, of: id) }
  }
  func setDevMode(_ enabled: Bool, of id: SpaceID) async throws(HubError) -> SpaceRuntime {
    try await write(.devMode, id) { [hub] () async throws(HubError) in try await hub.setDevMode(enabled, of: id) }
  }
  func pause(_ id: SpaceID) async throws(HubError) -> SpaceRuntime {
    witness.complain("\(id) was paused by an apply")
    return try await hub.pause(id)
  }
  func restart(_ id: SpaceID, factory: Bool) async throws(HubError) -> SpaceRuntime {
    witness.complain("\(id) was restarted by an apply")
    return try await hub.restart(id, factory: factory)
  }
  func setVariable(_ key: String, value: String, note: String?, of id: SpaceID) async throws(HubError) {
    try await write(.setVariable, id) { [hub] () async throws(HubError) in
      try await hub.setVariable(key, value: value, note: note, of: id)
    }
  }
  func deleteVariable(_ key: String, of id: SpaceID) async throws(HubError) {
    try await write(.deleteVariable, id) { [hub] () async throws(HubError) in try await hub.deleteVariable(key, of: id) }
  }
  func setSecret(_ key: String, value: Secret, of id: SpaceID) async throws(HubError) {
    try await write(.setSecret, id) { [hub] () async throws(HubError) in try await hub.setSecret(key, value: value, of: id) }
  }
  func deleteSecret(_ key: String, of id: SpaceID) async throws(HubError) {
    try await write(.deleteSecret, id) { [hub] () async throws(HubError) in try await hub.deleteSecret(key, of: id) }
  }
  func setVolumes(_ volumes: [Volume], of id: SpaceID) async throws(HubError) {
    try await write(.volumes, id) { [hub] () async throws(HubError) in try await hub.setVolumes(volumes, of: id) }
  }
  func commit(_ request: CommitRequest, to id: SpaceID) async throws(HubError) -> CommitResult {
    try await write(.commit, id) { [hub] () async throws(HubError) in try await hub.commit(request, to: id) }
  }
}
