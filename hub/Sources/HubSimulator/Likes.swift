import HubAPI
import SpaceModel

extension Space {
  public var likes: Int { likedBy?.count ?? 0 }
}

extension World {
  /// Who likes a Space, in the order they began to (huggingface_hub 2.4.0, `list_repo_likers`).
  public func likers(of id: SpaceID, for caller: Caller) throws(Refusal) -> [Account] {
    let hubID = try locate(id, for: caller, .read)
    return (spaces[hubID]?.likedBy ?? []).compactMap { accounts[$0] }
  }

  /// A user likes a Space. On the Hub this happens in a browser only (huggingface_hub 2.4.0, `unlike`: no script may like).
  public mutating func like(_ id: SpaceID, as user: String, at now: Timestamp) throws(Refusal) {
    guard let hubID = hubID(of: id) else { throw .repositoryNotFound(.anonymous) }
    try checkUser(user)
    try change(hubID, at: now) { space in
      let others = (space.likedBy ?? []).filter { $0 != user }
      space.likedBy = others + [user]
    }
  }

  /// Takes the caller's like back; without one nothing happens.
  public mutating func unlike(_ id: SpaceID, by caller: Caller, at now: Timestamp) throws(Refusal) {
    let hubID = try locate(id, for: caller, .read)
    guard let grant = caller.grant else { throw .noToken }
    if grant.power == .read { throw .forbidden("You have a read-only token; this needs a token with the write role") }
    try change(hubID, at: now) { space in space.likedBy?.removeAll { $0 == grant.account } }
  }
}
