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
