import HubAPI
import SpaceModel

extension WatchedHub {
  func whoami() async throws(HubError) -> Identity {
    try await read("whoami") { () async throws(HubError) in try await hub.whoami() }
  }
  func spaces(ownedBy owner: String) async throws(HubError) -> [SpaceInfo] {
    try await read("list") { () async throws(HubError) in try await hub.spaces(ownedBy: owner) }
  }
  func space(_ id: SpaceID) async throws(HubError) -> SpaceInfo {
    try await read("info", id) { () async throws(HubError) in try await hub.space(id) }
  }
  func runtime(of id: SpaceID) async throws(HubError) -> SpaceRuntime {
    try await read("runtime", id) { () async throws(HubError) in try await hub.runtime(of: id) }
  }
  func variables(of id: SpaceID) async throws(HubError) -> [String: LiveVariable] {
    try await read("variables", id) { () async throws(HubError) in try await hub.variables(of: id) }
  }
  func secrets(of id: SpaceID) async throws(HubError) -> [String: LiveSecret] {
    try await read("secrets", id) { () async throws(HubError) in try await hub.secrets(of: id) }
  }
  func tree(of id: SpaceID, revision: String) async throws(HubError) -> [TreeFile] {
    try await read("tree", id) { () async throws(HubError) in try await hub.tree(of: id, revision: revision) }
  }
  func file(_ path: String, of id: SpaceID, revision: String) async throws(HubError) -> [UInt8] {
    try await read("file", id) { () async throws(HubError) in try await hub.file(path, of: id, revision: revision) }
  }
  func commits(of id: SpaceID, limit: Int) async throws(HubError) -> [CommitRecord] {
    try await read("commits", id) { () async throws(HubError) in try await hub.commits(of: id, limit: limit) }
  }
  func hardware() async throws(HubError) -> HardwareCatalogue {
    try await read("catalogue") { () async throws(HubError) in try await hub.hardware() }
  }
  func logs(of id: SpaceID, _ kind: LogKind, tail: Int) async throws(HubError) -> [LogLine] {
    try await read("logs", id) { () async throws(HubError) in try await hub.logs(of: id, kind, tail: tail) }
  }
  func followLog(
    of id: SpaceID, _ kind: LogKind, tail: Int?, receive: @escaping @Sendable ([LogLine]) -> Void
  ) async throws(HubError) {
    try await hub.followLog(of: id, kind, tail: tail, receive: receive)
  }
  func preupload(_ files: [PreuploadFile], to id: SpaceID) async throws(HubError) -> PreuploadAnswer {
    try await read("preupload", id) { () async throws(HubError) in try await hub.preupload(files, to: id) }
  }
  func uploadLFS(_ objects: [LFSObject], to id: SpaceID) async throws(HubError) {
    try await read("lfs", id) { () async throws(HubError) in try await hub.uploadLFS(objects, to: id) }
  }
}
