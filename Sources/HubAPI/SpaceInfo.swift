import SpaceModel

/// A Space as info and list show it. Everything but the two ids may be absent; unknown members are ignored.
///
/// Wire: facts hub-api sections 2.6 and 2.7.
public struct SpaceInfo: Hashable, Sendable, Codable {
  /// `_id`: stays while the address may change.
  public var hubID: String
  public var address: SpaceID
  /// Head of `main`.
  public var sha: String?
  public var isPrivate: Bool?
  /// Not in lists, and perhaps nowhere: `protected` cannot be told from `isPrivate` (facts hub-api section 10, question 3).
  public var visibility: Visibility?
  public var disabled: Bool?
  public var sdk: SDK?
  public var subdomain: String?
  public var host: String?
  public var region: Region?
  public var resourceGroup: ResourceGroup?
  public var createdAt: Timestamp?
  public var lastModified: Timestamp?
  public var runtime: SpaceRuntime?
  /// Parsed front matter; only where it was asked for.
  public var cardData: JSONValue?

  /// The properties to name in `expand`, so that a list call returns what this type reads.
  public static let expansion = [
    "sha", "private", "sdk", "subdomain", "runtime", "lastModified", "createdAt", "disabled", "region", "resourceGroup",
  ]

  public init(hubID: String, address: SpaceID) {
    self.hubID = hubID
    self.address = address
  }

  private enum CodingKeys: String, CodingKey {
    case hubID = "_id", address = "id", sha, isPrivate = "private", visibility, disabled, sdk, subdomain, host, region,
      resourceGroup, createdAt, lastModified, runtime, cardData
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    hubID = try container.decode(String.self, forKey: .hubID)
    let text = try container.decode(String.self, forKey: .address)
    guard let address = SpaceID(text) else {
      throw DecodingError.dataCorruptedError(
        forKey: .address, in: container, debugDescription: "not a Space address: \(text)")
    }
    self.address = address
    sha = try? container.decodeIfPresent(String.self, forKey: .sha)
    isPrivate = try? container.decodeIfPresent(Bool.self, forKey: .isPrivate)
    visibility = try? container.decodeIfPresent(Visibility.self, forKey: .visibility)
    disabled = try? container.decodeIfPresent(Bool.self, forKey: .disabled)
    sdk = try? container.decodeIfPresent(SDK.self, forKey: .sdk)
    subdomain = try? container.decodeIfPresent(String.self, forKey: .subdomain)
    host = try? container.decodeIfPresent(String.self, forKey: .host)
    region = try? container.decodeIfPresent(Region.self, forKey: .region)
    resourceGroup = try? container.decodeIfPresent(ResourceGroup.self, forKey: .resourceGroup)
    createdAt = try? container.decodeIfPresent(Timestamp.self, forKey: .createdAt)
    lastModified = try? container.decodeIfPresent(Timestamp.self, forKey: .lastModified)
    runtime = try? container.decodeIfPresent(SpaceRuntime.self, forKey: .runtime)
    cardData = try? container.decodeIfPresent(JSONValue.self, forKey: .cardData)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(hubID, forKey: .hubID)
    try container.encode(address.description, forKey: .address)
    try container.encodeIfPresent(sha, forKey: .sha)
    try container.encodeIfPresent(isPrivate, forKey: .isPrivate)
    try container.encodeIfPresent(visibility, forKey: .visibility)
    try container.encodeIfPresent(disabled, forKey: .disabled)
    try container.encodeIfPresent(sdk, forKey: .sdk)
    try container.encodeIfPresent(subdomain, forKey: .subdomain)
    try container.encodeIfPresent(host, forKey: .host)
    try container.encodeIfPresent(region, forKey: .region)
    try container.encodeIfPresent(resourceGroup, forKey: .resourceGroup)
    try container.encodeIfPresent(createdAt, forKey: .createdAt)
    try container.encodeIfPresent(lastModified, forKey: .lastModified)
    try container.encodeIfPresent(runtime, forKey: .runtime)
    try container.encodeIfPresent(cardData, forKey: .cardData)
  }
}

/// An organisation's resource group.
public struct ResourceGroup: Hashable, Sendable, Codable {
  public var id: String
  public var name: String?
  public init(id: String, name: String? = nil) {
    self.id = id
    self.name = name
  }
}
