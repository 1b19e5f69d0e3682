import HubAPI
import Locking
import SpaceModel

/// A Hub that answers from values and keeps what it was asked. It writes nothing: a call that writes is refused.
final class ScriptedHub: HubAPI {
  struct World: Sendable {
    var identity = Identity(name: "local", isPro: true, organisations: [.init(name: "acme", role: "admin")])
    var spaces: [SpaceID: SpaceInfo] = [:]
    var variables: [SpaceID: [String: LiveVariable]] = [:]
    var secrets: [SpaceID: [String: LiveSecret]] = [:]
    var trees: [SpaceID: [TreeFile]] = [:]
    var files: [String: String] = [:]
    var commits: [SpaceID: [CommitRecord]] = [:]
    /// Answers that are errors, by the call as it is kept.
    var errors: [String: HubError] = [:]
    var clockOffset: Double?
    var calls: [String] = []
    /// Answers of `runtime`, each used once but the last.
    var stages: [Stage] = []
    /// What each stream gives before it ends, by kind; nil is one that breaks. Without any left a stream stays open.
    var streams: [LogKind: [[LogLine]?]] = [:]
  }

  let endpoint = "http://127.0.0.1:7780"
  private let world: Locked<World>

  init(_ change: (inout World) -> Void = { _ in }) {
    var world = World()
    change(&world)
    self.world = Locked(world)
  }

  /// Every call so far, sorted: they may come in any order.
  var calls: [String] { world.withLock { $0.calls.sorted() } }

  func change(_ body: (inout World) -> Void) { world.withLock { body(&$0) } }

  var clockOffset: Double? { get async { world.withLock { $0.clockOffset } } }
  var quota: Quota? { get async { Quota(remaining: 500, resetsIn: 60) } }

  private func answer<Value: Sendable>(_ call: String, _ read: @Sendable (World) -> Value?) throws(HubError) -> Value {
    let (error, value) = world.withLock { world in
      world.calls.append(call)
      return (world.errors[call], read(world))
    }
    if let error { throw error }
    guard let value else { throw HubError(kind: .notFound(.repository), call: call, status: 404, message: "not found") }
    return value
  }

  // MARK: Reading

  func whoami() async throws(HubError) -> Identity { try answer("whoami") { $0.identity } }

  func spaces(ownedBy owner: String) async throws(HubError) -> [SpaceInfo] {
    try answer("list \(owner)") { $0.spaces.values.filter { $0.address.owner == owner } }
  }

  func space(_ id: SpaceID) async throws(HubError) -> SpaceInfo { try answer("space \(id)") { $0.spaces[id] } }

  func runtime(of id: SpaceID) async throws(HubError) -> SpaceRuntime {
    let stage = world.withLock { world in
      world.stages.count > 1 ? world.stages.removeFirst() : world.stages.first
    }
    var runtime = try answer("runtime \(id)") { $0.spaces[id]?.runtime }
    if let stage { runtime.stage = stage }
    return runtime
  }

  func variables(of id: SpaceID) async throws(HubError) -> [String: LiveVariable] {
    try answer("variables \(id)") { $0.variables[id] ?? [:] }
  }

  func secrets(of id: SpaceID) async throws(HubError) -> [String: LiveSecret] {
    try answer("secrets \(id)") { $0.secrets[id] ?? [:] }
  }

  func tree(of id: SpaceID, revision: String) async throws(HubError) -> [TreeFile] {
    try answer("tree \(id)") { $0.trees[id] }
  }

  func file(_ path: String, of id: SpaceID, revision: String) async throws(HubError) -> [UInt8] {
    try answer("file \(id)/\(path)") { $0.files[path].map { Array($0.utf8) } }
  }

  func commits(of id: SpaceID, limit: Int) async throws(HubError) -> [CommitRecord] {
    try answer("commits \(id)") { $0.commits[id].map { Array($0.prefix(limit)) } }
  }

  func hardware() async throws(HubError) -> HardwareCatalogue { try answer("hardware") { _ in .published } }

  func logs(of id: SpaceID, _ kind: LogKind, tail: Int) async throws(HubError) -> [LogLine] {
    try answer("logs \(id)") { _ in [] }
  }

  func followLog(
    of id: SpaceID, _ kind: LogKind, tail: Int?, receive: @escaping @Sendable ([LogLine]) -> Void
  ) async throws(HubError) {
    let call = "follow \(kind.rawValue) \(tail.map(String.init) ?? "all")"
    _ = try answer(call) { _ in true }
    let stream: [LogLine]?? = world.withLock { world in
      world.streams[kind]?.isEmpty == false ? world.streams[kind]?.removeFirst() : nil
    }
    guard let stream else {
      try? await Task.sleep(for: .seconds(600))
      throw HubError(kind: .transport, call: call, message: "cancelled")
    }
    guard let lines = stream else { throw HubError(kind: .transport, call: call, message: "the connection was lost") }
    if !lines.isEmpty { receive(lines) }
  }

  // MARK: Writing

  private func refusal(_ call: String) -> HubError {
    world.withLock { $0.calls.append("write: \(call)") }
    return HubError(kind: .rejected, call: call, message: "this Hub takes no writes")
  }

  func createSpace(_ request: SpaceCreation) async throws(HubError) -> CreatedSpace { throw refusal("create") }
  func deleteSpace(_ id: SpaceID) async throws(HubError) { throw refusal("delete") }
  func moveSpace(_ id: SpaceID, to target: SpaceID) async throws(HubError) { throw refusal("move") }
  func setVisibility(_ visibility: Visibility, of id: SpaceID) async throws(HubError) { throw refusal("visibility") }
  func setResourceGroup(_ group: String?, of id: SpaceID) async throws(HubError) { throw refusal("resource group") }
  func requestHardware(
    _ flavour: Flavour, sleepTime: SleepTime?, for id: SpaceID
  ) async throws(HubError) -> SpaceRuntime { throw refusal("hardware") }
  func setSleepTime(_ sleepTime: SleepTime, of id: SpaceID) async throws(HubError) -> SpaceRuntime { throw refusal("sleep") }
  func setReplicas(_ count: Int, of id: SpaceID) async throws(HubError) { throw refusal("replicas") }
  func setDevMode(_ enabled: Bool, of id: SpaceID) async throws(HubError) -> SpaceRuntime { throw refusal("dev mode") }
  func pause(_ id: SpaceID) async throws(HubError) -> SpaceRuntime { throw refusal("pause") }
  func restart(_ id: SpaceID, factory: Bool) async throws(HubError) -> SpaceRuntime { throw refusal("restart") }
  func setVariable(_ key: String, value: String, note: String?, of id: SpaceID) async throws(HubError) {
    throw refusal("variable")
  }
  func deleteVariable(_ key: String, of id: SpaceID) async throws(HubError) { throw refusal("variable") }
  func setSecret(_ key: String, value: Secret, of id: SpaceID) async throws(HubError) { throw refusal("secret") }
  func deleteSecret(_ key: String, of id: SpaceID) async throws(HubError) { throw refusal("secret") }
  func setVolumes(_ volumes: [Volume], of id: SpaceID) async throws(HubError) { throw refusal("volumes") }
  func preupload(_ files: [PreuploadFile], to id: SpaceID) async throws(HubError) -> PreuploadAnswer {
    throw refusal("preupload")
  }
  func uploadLFS(_ objects: [LFSObject], to id: SpaceID) async throws(HubError) { throw refusal("upload") }
  func commit(_ request: CommitRequest, to id: SpaceID) async throws(HubError) -> CommitResult { throw refusal("commit") }
}

extension SpaceInfo {
  /// A Space that runs, for tests.
  static func running(_ address: SpaceID, hubID: String? = nil, commit: String = Scene.head) -> SpaceInfo {
    var info = SpaceInfo(hubID: hubID ?? "id-\(address.name)", address: address)
    info.isPrivate = true
    info.sha = commit
    info.sdk = .docker
    info.runtime = SpaceRuntime(stage: .running, hardware: .init(current: .cpuBasic, requested: .cpuBasic))
    info.runtime?.sha = commit
    return info
  }
}
