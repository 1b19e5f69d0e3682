import HubAPI
import SpaceModel

/// One Space as the simulated Hub keeps it.
public struct Space: Codable, Sendable {
  /// `_id`: 24 hexadecimal digits, the same for ever (facts hub-api section 10, question 19: kept on a move).
  public let hubID: String
  private var storedAddress: CodedAddress
  public internal(set) var visibility: Visibility
  public internal(set) var region: Region?
  public internal(set) var resourceGroup: ResourceGroup?
  public internal(set) var gated: String?
  public internal(set) var discussionsDisabled = false
  /// Who asked for access to a gated Space, in the order they asked; nil is nobody.
  var accessRequests: [AccessRequest]?
  /// Names of the users who like the Space, in the order they began to; nil is nobody.
  var likedBy: [String]?
  /// Large objects taken out of the Space for good though commits may still point to them; nil is none.
  var deletedObjects: Set<String>?
  public let createdAt: Timestamp
  public internal(set) var lastModified: Timestamp
  public internal(set) var repository = Repository()
  public internal(set) var variables: [String: LiveVariable] = [:]
  public internal(set) var secrets: [String: StoredSecret] = [:]
  public internal(set) var volumes: [WireVolume] = []
  public internal(set) var life: Life
  /// What the front matter of the head's README says; follows every commit.
  public internal(set) var card = Card()
  /// Rises with every change of anything that info or list shows.
  public internal(set) var version: UInt64 = 0

  public internal(set) var address: SpaceID {
    get { storedAddress.id }
    set { storedAddress = CodedAddress(id: newValue) }
  }

  /// A secret: never its value, only a digest of it.
  public struct StoredSecret: Codable, Hashable, Sendable {
    public var sha256: String
    public var description: String?
    public var updatedAt: Timestamp
  }

  init(hubID: String, address: SpaceID, visibility: Visibility, life: Life, now: Timestamp) {
    self.hubID = hubID
    storedAddress = CodedAddress(id: address)
    self.visibility = visibility
    self.life = life
    createdAt = now
    lastModified = now
  }

  /// What the README names; `docker` before there is one that says.
  public var sdk: SDK? { card.sdk }
  public var isStatic: Bool { card.sdk == .static }
  public var subdomain: String { address.predictedSubdomain }
  public var host: String { "https://\(subdomain)\(isStatic ? ".static" : "").hf.space" }
  public var files: [String: Repository.File] {
    repository.head.flatMap { repository.commits[$0] }?.files ?? [:]
  }

  private struct CodedAddress: Codable, Sendable {
    let id: SpaceID
    init(id: SpaceID) { self.id = id }
    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      let text = try container.decode(String.self)
      guard let id = SpaceID(text) else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a Space address: \(text)")
      }
      self.id = id
    }
    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(id.description)
    }
  }
}
