/// One entry of a fine-grained token: permissions on an account's Spaces or on one Space (facts hub-api section 1.4).
///
/// The Hub's permissions are an open set; the local Hub knows `repo.content.read` and `repo.write` and keeps others as they are.
public struct TokenScope: Codable, Hashable, Sendable {
  public enum Entity: Codable, Hashable, Sendable {
    /// Everything a user or an organisation owns.
    case owner(String)
    /// One Space, by Hub id, so that it stays covered when it moves.
    case space(hubID: String)
  }

  public static let read = "repo.content.read"
  public static let write = "repo.write"

  public var entity: Entity
  public var permissions: Set<String>

  public init(entity: Entity, permissions: Set<String>) {
    self.entity = entity
    self.permissions = permissions
  }

  /// Writing includes reading.
  var reads: Bool { permissions.contains(TokenScope.read) || writes }
  var writes: Bool { permissions.contains(TokenScope.write) }

  func covers(_ space: Space) -> Bool {
    switch entity {
    case .owner(let name): space.address.owner == name
    case .space(let hubID): space.hubID == hubID
    }
  }
}
