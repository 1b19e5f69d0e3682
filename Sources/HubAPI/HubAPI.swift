import SpaceModel

/// Everything the engine asks of a Hub. The HTTP client and the in-process simulator both stand behind it.
///
/// Reads may be repeated by the implementation; writes never are: a write that may have happened although no answer came ends
/// in an error whose `outcomeUnknown` is true, and the caller settles it by reading.
public protocol HubAPI: Sendable {
  /// The base address, as the lock records it.
  var endpoint: String { get }
  /// The Hub's clock minus ours in seconds, from the last answer's `Date`; nil before the first answer.
  var clockOffset: Double? { get async }
  /// What the last answers said of the request quota; nil before the first answer.
  var quota: Quota? { get async }

  /// Whether a credential may list whole namespaces. Without one, Spaces are asked for one by one.
  var listsSpaces: Bool { get }
  /// Whether a credential may ask who it belongs to.
  var knowsIdentity: Bool { get }

  // Identity
  func whoami() async throws(HubError) -> Identity

  // Reading
  /// Every Space of an owner, all pages, with the properties of `SpaceInfo`.
  func spaces(ownedBy owner: String) async throws(HubError) -> [SpaceInfo]
  func space(_ id: SpaceID) async throws(HubError) -> SpaceInfo
  func runtime(of id: SpaceID) async throws(HubError) -> SpaceRuntime
  func variables(of id: SpaceID) async throws(HubError) -> [String: LiveVariable]
  func secrets(of id: SpaceID) async throws(HubError) -> [String: LiveSecret]
  /// Every file (folders left out) at a revision, all pages.
  func tree(of id: SpaceID, revision: String) async throws(HubError) -> [TreeFile]
  func file(_ path: String, of id: SpaceID, revision: String) async throws(HubError) -> [UInt8]
  /// As `file`, piece by piece. An implementation that loses the connection goes on where it was. The bytes are not compared with the
  /// file's digest: whoever has all of them does that.
  func download(_ path: String, of id: SpaceID, revision: String, to sink: any ByteSink) async throws(HubError)
  /// Newest first, at most `limit`.
  func commits(of id: SpaceID, limit: Int) async throws(HubError) -> [CommitRecord]
  func hardware() async throws(HubError) -> HardwareCatalogue
  /// What is there now; does not wait for more.
  func logs(of id: SpaceID, _ kind: LogKind, tail: Int) async throws(HubError) -> [LogLine]
  /// Hands lines on as they come, from the last `tail` ones on (nil: from the first), until the stream ends or breaks or the task is
  /// cancelled. Asked again it begins again.
  ///
  /// - Parameters:
  ///   - id: the Space.
  ///   - kind: of the build, or of the app.
  ///   - tail: lines of the past to begin with; all when nil.
  ///   - receive: called with one line or more, from any thread; it must not wait.
  func followLog(
    of id: SpaceID, _ kind: LogKind, tail: Int?, receive: @escaping @Sendable ([LogLine]) -> Void
  ) async throws(HubError)

  // Repository
  func createSpace(_ request: SpaceCreation) async throws(HubError) -> CreatedSpace
  func deleteSpace(_ id: SpaceID) async throws(HubError)
  func moveSpace(_ id: SpaceID, to target: SpaceID) async throws(HubError)
  func setVisibility(_ visibility: Visibility, of id: SpaceID) async throws(HubError)
  func setResourceGroup(_ group: String?, of id: SpaceID) async throws(HubError)

  // Runtime
  func requestHardware(_ flavour: Flavour, sleepTime: SleepTime?, for id: SpaceID) async throws(HubError) -> SpaceRuntime
  func setSleepTime(_ sleepTime: SleepTime, of id: SpaceID) async throws(HubError) -> SpaceRuntime
  func setReplicas(_ count: Int, of id: SpaceID) async throws(HubError)
  func setDevMode(_ enabled: Bool, of id: SpaceID) async throws(HubError) -> SpaceRuntime
  func pause(_ id: SpaceID) async throws(HubError) -> SpaceRuntime
  /// - Parameters:
  ///   - id: the Space.
  ///   - factory: rebuilds without cache.
  func restart(_ id: SpaceID, factory: Bool) async throws(HubError) -> SpaceRuntime

  // Keys and volumes
  func setVariable(_ key: String, value: String, note: String?, of id: SpaceID) async throws(HubError)
  func deleteVariable(_ key: String, of id: SpaceID) async throws(HubError)
  func setSecret(_ key: String, value: Secret, of id: SpaceID) async throws(HubError)
  func deleteSecret(_ key: String, of id: SpaceID) async throws(HubError)
  /// Replaces the whole list; an empty one removes all.
  func setVolumes(_ volumes: [Volume], of id: SpaceID) async throws(HubError)

  // Content
  /// Which files go as LFS objects, and what is at their paths now. Any number of files; the implementation splits calls.
  func preupload(_ files: [PreuploadFile], to id: SpaceID) async throws(HubError) -> PreuploadAnswer
  /// Stores LFS objects' bytes, those the Hub lacks.
  func uploadLFS(_ objects: [LFSObject], to id: SpaceID) async throws(HubError)
  /// One commit on `main`. With `parentCommit`, refused as `.staleParent` when the head is another.
  func commit(_ request: CommitRequest, to id: SpaceID) async throws(HubError) -> CommitResult
}

extension HubAPI {
  public var listsSpaces: Bool { true }
  public var knowsIdentity: Bool { true }

  /// For Hubs whose files are in memory anyway.
  public func download(_ path: String, of id: SpaceID, revision: String, to sink: any ByteSink) async throws(HubError) {
    let bytes = try await file(path, of: id, revision: revision)
    guard bytes.withUnsafeBytes({ sink.take($0) }) else {
      throw HubError(kind: .transport, call: "download", message: "the bytes of \(path) could not be kept")
    }
  }
}
