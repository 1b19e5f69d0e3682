import HubAPI
import SpaceModel

/// A Hub whose lists and whoami are shared by all who ask at about the same time; every other call goes straight on.
struct SharingHub: HubAPI {
  private let hub: any HubAPI
  private let shared: SharedAnswers
  private let lists: Bool
  /// Says when no create that still waits for its turn may begin.
  private var stop: StopSignal?

  /// - Parameter listsSpaces: whether a namespace may be listed to find one Space in it.
  init(_ hub: any HubAPI, _ shared: SharedAnswers, listsSpaces: Bool) {
    self.hub = hub
    self.shared = shared
    lists = listsSpaces
  }

  /// The same, for a change that may be stopped.
  func until(_ stop: StopSignal) -> SharingHub {
    var hub = self
    hub.stop = stop
    return hub
  }

  var endpoint: String { hub.endpoint }
  var clockOffset: Double? { get async { await hub.clockOffset } }
  var quota: Quota? { get async { await hub.quota } }
  var listsSpaces: Bool { lists && hub.listsSpaces }
  var knowsIdentity: Bool { hub.knowsIdentity }

  func whoami() async throws(HubError) -> Identity { try await shared.whoami() }
  func spaces(ownedBy owner: String) async throws(HubError) -> [SpaceInfo] { try await shared.spaces(ownedBy: owner) }

  private func writing<Answer>(_ call: () async throws(HubError) -> Answer) async throws(HubError) -> Answer {
    await shared.forget()
    let answer = try await call()
    await shared.forget()
    return answer
  }

  func space(_ id: SpaceID) async throws(HubError) -> SpaceInfo { try await hub.space(id) }
  func runtime(of id: SpaceID) async throws(HubError) -> SpaceRuntime { try await hub.runtime(of: id) }
  func variables(of id: SpaceID) async throws(HubError) -> [String: LiveVariable] { try await hub.variables(of: id) }
  func secrets(of id: SpaceID) async throws(HubError) -> [String: LiveSecret] { try await hub.secrets(of: id) }
  func tree(of id: SpaceID, revision: String) async throws(HubError) -> [TreeFile] {
    try await hub.tree(of: id, revision: revision)
  }
  func file(_ path: String, of id: SpaceID, revision: String) async throws(HubError) -> [UInt8] {
    try await hub.file(path, of: id, revision: revision)
  }
  func download(_ path: String, of id: SpaceID, revision: String, to sink: any ByteSink) async throws(HubError) {
    try await hub.download(path, of: id, revision: revision, to: sink)
  }
  func commits(of id: SpaceID, limit: Int) async throws(HubError) -> [CommitRecord] {
    try await hub.commits(of: id, limit: limit)
  }
  func hardware() async throws(HubError) -> HardwareCatalogue { try await hub.hardware() }
  func logs(of id: SpaceID, _ kind: LogKind, tail: Int) async throws(HubError) -> [LogLine] {
    try await hub.logs(of: id, kind, tail: tail)
  }
  func followLog(
    of id: SpaceID, _ kind: LogKind, tail: Int?, receive: @escaping @Sendable ([LogLine]) -> Void
  ) async throws(HubError) {
    try await hub.followLog(of: id, kind, tail: tail, receive: receive)
  }
  func createSpace(_ request: SpaceCreation) async throws(HubError) -> CreatedSpace {
    try await writing { () async throws(HubError) in
      try await shared.creating { () async throws(HubError) in
        if stop?.reason != nil {
          throw HubError(kind: .transport, call: "POST /api/repos/create", message: "stopped before the call was sent")
        }
        return try await hub.createSpace(request)
      }
    }
  }
  func deleteSpace(_ id: SpaceID) async throws(HubError) {
    try await writing { () async throws(HubError) in try await hub.deleteSpace(id) }
  }
  func moveSpace(_ id: SpaceID, to target: SpaceID) async throws(HubError) {
    try await writing { () async throws(HubError) in try await hub.moveSpace(id, to: target) }
  }
  func setVisibility(_ visibility: Visibility, of id: SpaceID) async throws(HubError) {
    try await writing { () async throws(HubError) in try await hub.setVisibility(visibility, of: id) }
  }
  func setResourceGroup(_ group: String?, of id: SpaceID) async throws(HubError) {
    try await writing { () async throws(HubError) in try await hub.setResourceGroup(group, of: id) }
  }
  func requestHardware(
    _ flavour: Flavour, sleepTime: SleepTime?, for id: SpaceID
  ) async throws(HubError) -> SpaceRuntime {
    try await writing { () async throws(HubError) in try await hub.requestHardware(flavour, sleepTime: sleepTime, for: id) }
  }
  func setSleepTime(_ sleepTime: SleepTime, of id: SpaceID) async throws(HubError) -> SpaceRuntime {
    try await writing { () async throws(HubError) in try await hub.setSleepTime(sleepTime, of: id) }
  }
  func setReplicas(_ count: Int, of id: SpaceID) async throws(HubError) {
    try await writing { () async throws(HubError) in try await hub.setReplicas(count, of: id) }
  }
  func setDevMode(_ enabled: Bool, of id: SpaceID) async throws(HubError) -> SpaceRuntime {
    try await writing { () async throws(HubError) in try await hub.setDevMode(enabled, of: id) }
  }
  func pause(_ id: SpaceID) async throws(HubError) -> SpaceRuntime {
    try await writing { () async throws(HubError) in try await hub.pause(id) }
  }
  func restart(_ id: SpaceID, factory: Bool) async throws(HubError) -> SpaceRuntime {
    try await writing { () async throws(HubError) in try await hub.restart(id, factory: factory) }
  }
  func setVariable(_ key: String, value: String, note: String?, of id: SpaceID) async throws(HubError) {
    try await writing { () async throws(HubError) in try await hub.setVariable(key, value: value, note: note, of: id) }
  }
  func deleteVariable(_ key: String, of id: SpaceID) async throws(HubError) {
    try await writing { () async throws(HubError) in try await hub.deleteVariable(key, of: id) }
  }
  func setSecret(_ key: String, value: Secret, of id: SpaceID) async throws(HubError) {
    try await writing { () async throws(HubError) in try await hub.setSecret(key, value: value, of: id) }
  }
  func deleteSecret(_ key: String, of id: SpaceID) async throws(HubError) {
    try await writing { () async throws(HubError) in try await hub.deleteSecret(key, of: id) }
  }
  func setVolumes(_ volumes: [Volume], of id: SpaceID) async throws(HubError) {
    try await writing { () async throws(HubError) in try await hub.setVolumes(volumes, of: id) }
  }
  func preupload(_ files: [PreuploadFile], to id: SpaceID) async throws(HubError) -> PreuploadAnswer {
    try await hub.preupload(files, to: id)
  }
  func uploadLFS(_ objects: [LFSObject], to id: SpaceID) async throws(HubError) {
    try await hub.uploadLFS(objects, to: id)
  }
  func commit(_ request: CommitRequest, to id: SpaceID) async throws(HubError) -> CommitResult {
    try await writing { () async throws(HubError) in try await hub.commit(request, to: id) }
  }
}
