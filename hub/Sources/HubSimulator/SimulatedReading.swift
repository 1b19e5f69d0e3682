import HubAPI
import SpaceModel

extension SimulatedHub {
  public func whoami() async throws(HubError) -> Identity {
    try call("whoami") { world, caller, _ throws(Refusal) in
      guard let grant = caller.grant, let account = world.accounts[grant.account] else { throw .noToken }
      let organisations = world.accounts.values.filter { $0.members[account.name] != nil }.sorted { $0.name < $1.name }
      let token: Identity.TokenKind =
        switch grant.power {
        case .read: .read
        case .write: .write
        case .fineGrained: .fineGrained
        case .oneSpace: .other("oauth")
        }
      return Identity(
        name: account.name, isPro: account.plan == .pro, canPay: account.canPay,
        organisations: organisations.map { organisation in
          Identity.Organisation(
            name: organisation.name, role: organisation.members[account.name]?.rawValue,
            plan: organisation.plan == .free ? nil : organisation.plan.rawValue, canPay: organisation.canPay)
        }, token: token)
    }
  }

  public func spaces(ownedBy owner: String) async throws(HubError) -> [SpaceInfo] {
    try call("list") { world, caller, now in
      let seesAll = world.seesAll(of: owner, caller)
      let assumptions = world.assumptions
      return world.hubIDs(ownedBy: owner).compactMap { hubID in
        guard let space = world.settled(hubID, at: now), seesAll || world.isVisible(space, to: caller) else { return nil }
        return space.info(inList: true, assumptions)
      }
    }
  }

  public func space(_ id: SpaceID) async throws(HubError) -> SpaceInfo {
    try call("info") { world, caller, now throws(Refusal) in
      let space = try Self.find(id, &world, caller, now)
      return space.info(inList: false, world.assumptions)
    }
  }

  public func runtime(of id: SpaceID) async throws(HubError) -> SpaceRuntime {
    try call("runtime") { world, caller, now throws(Refusal) in try Self.runtime(id, &world, caller, now) }
  }

  public func variables(of id: SpaceID) async throws(HubError) -> [String: LiveVariable] {
    try call("variables") { world, caller, _ throws(Refusal) in
      try world.variables(of: try Self.followed(id, world, caller), for: caller)
    }
  }

  public func secrets(of id: SpaceID) async throws(HubError) -> [String: LiveSecret] {
    try call("secrets") { world, caller, _ throws(Refusal) in
      try world.secrets(of: try Self.followed(id, world, caller), for: caller)
    }
  }

  public func tree(of id: SpaceID, revision: String) async throws(HubError) -> [TreeFile] {
    try call("tree") { world, caller, _ throws(Refusal) in
      try world.commit(try Self.followed(id, world, caller), at: revision, for: caller).files
        .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { TreeFile(path: $0.key, size: $0.value.size, git: $0.value.git, lfsSHA256: $0.value.lfs) }
    }
  }

  public func file(_ path: String, of id: SpaceID, revision: String) async throws(HubError) -> [UInt8] {
    let (small, lfs) = try call("resolve") { world, caller, _ throws(Refusal) in
      guard let file = try world.commit(try Self.followed(id, world, caller), at: revision, for: caller).files[path] else {
        throw .entryNotFound("Entry not found")
      }
      return (file.lfs == nil ? world.blobs[file.git] : nil, file.lfs)
    }
    if let bytes = small ?? lfs.flatMap({ largeObject($0) }) { return bytes }
    throw HubError(kind: .server, call: "resolve", status: 500, message: "The bytes of \(path) are missing")
  }

  public func commits(of id: SpaceID, limit: Int) async throws(HubError) -> [CommitRecord] {
    try call("commits") { world, caller, now throws(Refusal) in
      let repository = try Self.find(id, &world, caller, now).repository
      return repository.history(from: repository.head ?? "").prefix(limit).map { commit in
        CommitRecord(
          id: commit.id, title: commit.title, message: commit.message, date: commit.date, authors: [commit.author])
      }
    }
  }

  public func hardware() async throws(HubError) -> HardwareCatalogue {
    try call("hardware-catalogue") { _, _, _ in HardwareCatalogue.published }
  }

  public func logs(of id: SpaceID, _ kind: LogKind, tail: Int) async throws(HubError) -> [LogLine] {
    try call("logs") { world, caller, now throws(Refusal) in
      let hubID = try world.locate(try Self.followed(id, world, caller), for: caller, .keys)
      guard let life = world.settled(hubID, at: now)?.life else { throw .repositoryNotFound(caller) }
      let lines = (kind == .build ? life.buildLog : life.runLog).filter { $0.at <= now }
      return lines.suffix(tail).map { LogLine(text: $0.text, timestamp: $0.at) }
    }
  }

  /// A stream that ends where simulated time stands.
  public func followLog(
    of id: SpaceID, _ kind: LogKind, tail: Int?, receive: @escaping @Sendable ([LogLine]) -> Void
  ) async throws(HubError) {
    let lines = try await logs(of: id, kind, tail: tail ?? Int.max)
    if !lines.isEmpty { receive(lines) }
  }

  static func find(_ id: SpaceID, _ world: inout World, _ caller: Caller, _ now: Timestamp) throws(Refusal) -> Space {
    let hubID = try world.locate(try followed(id, world, caller), for: caller, .read)
    guard let space = world.settled(hubID, at: now) else { throw .repositoryNotFound(caller) }
    return space
  }

  /// The client follows a redirected read; the answer then has another address than the one asked for.
  static func followed(_ id: SpaceID, _ world: World, _ caller: Caller) throws(Refusal) -> SpaceID {
    do throws(Refusal) {
      _ = try world.locate(id, for: caller, .read)
      return id
    } catch {
      guard case .moved(let target?) = error.kind, let moved = SpaceID(target) else { throw error }
      return moved
    }
  }

  static func runtime(
    _ id: SpaceID, _ world: inout World, _ caller: Caller, _ now: Timestamp
  ) throws(Refusal) -> SpaceRuntime {
    try find(id, &world, caller, now).runtime(withVolumes: true, world.assumptions)
  }
}
