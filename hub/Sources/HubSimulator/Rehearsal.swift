import HubAPI
import SpaceModel

// What no caller of the Hub could do, for tests and rehearsals.
extension World {
  /// A commit by someone else: no permission is asked, the author is only a name in the history.
  public mutating func commitFromElsewhere(
    _ commit: PreparedCommit, to id: SpaceID, author: String, at now: Timestamp
  ) throws(Refusal) -> String {
    guard let hubID = addresses[id.description] else {
      throw Refusal(404, .notFound(.repository), "Repository not found", code: "RepoNotFound")
    }
    let grant = TokenGrant(account: author, power: .oneSpace(hubID: hubID), name: "elsewhere")
    return try self.commit(commit, to: id, by: Caller(grant: grant), at: now)
  }

  /// Somebody opens the app in a browser: what wakes a sleeping Space.
  public mutating func visit(_ id: SpaceID, at now: Timestamp) throws(Refusal) {
    guard let hubID = addresses[id.description] else {
      throw Refusal(404, .notFound(.repository), "Repository not found", code: "RepoNotFound")
    }
    let assumptions = self.assumptions
    try change(hubID, at: now) { space in space.visit(at: now, assumptions: assumptions) }
  }

  /// Makes what is under way on a Space take longer: a slow build.
  public mutating func delay(_ id: SpaceID, bySeconds seconds: Double, at now: Timestamp) {
    guard let hubID = addresses[id.description] else { return }
    try? change(hubID, at: now) { space in space.life.delay(bySeconds: seconds, at: now) }
  }

  /// The Hub id behind an address, whoever asks.
  public func hubID(of id: SpaceID) -> String? { addresses[id.description] }

  /// A Space that was always there and runs already.
  public mutating func populate(_ request: Creation, at now: Timestamp) throws(Refusal) {
    let owner = request.id.owner
    let member = accounts[owner]?.members.first { $0.value == .admin }?.key ?? owner
    let caller = Caller(grant: TokenGrant(account: member, power: .write, name: "population"))
    let before = now.advanced(bySeconds: -86_400)
    let hubID = try create(request, by: caller, at: before)
    _ = settled(hubID, at: now)
  }
}
