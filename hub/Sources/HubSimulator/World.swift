import Cryptography
import HubAPI
import SpaceModel

/// The whole simulated Hub as one value: accounts, Spaces, objects. Every operation takes the caller and the time; nothing else
/// comes in, so the same operations in the same order give the same Hub.
public struct World: Codable, Sendable {
  public internal(set) var assumptions: Assumptions
  public internal(set) var accounts: [String: Account] = [:]
  /// By SHA-256 of the token: the token's text is nowhere in the state.
  var tokens: [String: TokenGrant] = [:]
  /// By Hub id.
  public internal(set) var spaces: [String: Space] = [:]
  /// `owner/name` to Hub id.
  var addresses: [String: String] = [:]
  /// Old `owner/name` to Hub id, until someone takes the name again.
  var redirects: [String: String] = [:]
  /// Names of each owner's Spaces, sorted: what list pages walk over.
  var names: [String: [String]] = [:]
  /// LFS objects that are stored, with their size.
  public internal(set) var largeObjects: [String: Int] = [:]
  var ids: IDGenerator
  /// Git blobs by id. Not in the coded form: whoever keeps the state keeps them as files.
  public internal(set) var blobs: [String: [UInt8]] = [:]
  /// Blobs added since `takeNewBlobs` was last called.
  var newBlobs: [String] = []

  private enum CodingKeys: String, CodingKey {
    case assumptions, accounts, tokens, spaces, addresses, redirects, names, largeObjects, ids
  }

  public init(seed: UInt64, assumptions: Assumptions = Assumptions()) {
    ids = IDGenerator(seed: seed)
    self.assumptions = assumptions
  }

  // MARK: Accounts

  public mutating func add(_ account: Account) { accounts[account.name] = account }

  public mutating func grant(_ token: String, _ grant: TokenGrant) { tokens[World.digest(token)] = grant }

  /// Switches are given anew at every start.
  public mutating func assume(_ assumptions: Assumptions) { self.assumptions = assumptions }

  mutating func newHubID() -> String { ids.hex(24) }

  static func digest(_ token: String) -> String { Digest.sha256Hex(Array(token.utf8)) }

  /// Who a token stands for; no token is nobody.
  public func caller(token: String?, at now: Timestamp) throws(Refusal) -> Caller {
    guard let token else { return .anonymous }
    guard let grant = tokens[World.digest(token)], grant.expires.map({ now < $0 }) ?? true else { throw .badToken }
    return Caller(grant: grant)
  }

  /// The best plan a caller has, alone or as a member: what the request allowance follows.
  public func plan(of caller: Caller) -> Plan? {
    guard let name = caller.account, let account = accounts[name] else { return nil }
    let plans = accounts.values.filter { $0.members[name] != nil }.map(\.plan) + [account.plan]
    return plans.max { $0.apiCalls < $1.apiCalls }
  }

  // MARK: Objects

  public mutating func store(blob bytes: [UInt8], id: String) {
    guard blobs[id] == nil else { return }
    blobs[id] = bytes
    newBlobs.append(id)
  }

  /// Blobs not yet handed out, for whoever writes them to disk.
  public mutating func takeNewBlobs() -> [String: [UInt8]] {
    let taken = newBlobs
    newBlobs = []
    return Dictionary(uniqueKeysWithValues: taken.compactMap { id in blobs[id].map { (id, $0) } })
  }

  /// Takes back blobs that could not be written.
  public mutating func returnNewBlobs(_ ids: [String]) { newBlobs += ids }

  /// Puts a blob back that a saved state refers to.
  public mutating func restore(blob bytes: [UInt8], id: String) { blobs[id] = bytes }

  /// Notes that an LFS object's bytes are stored.
  public mutating func store(largeObject sha256: String, size: Int) { largeObjects[sha256] = size }

  // MARK: Spaces

  /// Changes one Space in place, its transitions up to `now` taken first, and marks it as changed.
  mutating func change<Result>(
    _ hubID: String, at now: Timestamp, _ body: (inout Space) throws(Refusal) -> Result
  ) throws(Refusal) -> Result {
    guard var space = spaces.removeValue(forKey: hubID) else {
      throw Refusal(404, .notFound(.repository), "Repository not found", code: "RepoNotFound")
    }
    defer { spaces[hubID] = space }
    if space.life.settle(at: now) { space.version &+= 1 }
    let result = try body(&space)
    space.version &+= 1
    return result
  }

  /// One Space as it is at `now`.
  public mutating func settled(_ hubID: String, at now: Timestamp) -> Space? {
    if let next = spaces[hubID]?.life.pending.first, next.at <= now {
      if spaces[hubID]?.life.settle(at: now) == true { spaces[hubID]?.version &+= 1 }
    }
    return spaces[hubID]
  }

  mutating func index(_ id: SpaceID, _ hubID: String) {
    addresses[id.description] = hubID
    redirects[id.description] = nil
    var owned = names[id.owner] ?? []
    owned.insert(id.name, at: World.position(of: id.name, in: owned))
    names[id.owner] = owned
  }

  mutating func unindex(_ id: SpaceID) {
    addresses[id.description] = nil
    guard let owned = names[id.owner] else { return }
    let position = World.position(of: id.name, in: owned)
    if position < owned.count, owned[position] == id.name { names[id.owner]?.remove(at: position) }
  }

  /// Where a name stands, or would stand, in a sorted list.
  static func position(of name: String, in sorted: [String]) -> Int {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle].utf8.lexicographicallyPrecedes(name.utf8) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
