import SpaceModel

/// Everything a Space can be born with, in one call (facts hub-api section 2.1).
public struct SpaceCreation: Sendable {
  public var id: SpaceID
  public var sdk: SDK
  public var visibility: Visibility
  public var hardware: Flavour?
  public var sleepTime: SleepTime?
  public var variables: [NewVariable]
  public var secrets: [NewSecret]
  public var volumes: [Volume]
  public var region: Region?
  public var resourceGroup: String?
  public var template: String?
  public var devMode: Bool?

  public struct NewVariable: Sendable, Hashable {
    public var key: String
    public var value: String
    public var note: String?
    public init(key: String, value: String, note: String? = nil) {
      self.key = key
      self.value = value
      self.note = note
    }
  }

  public struct NewSecret: Sendable {
    public var key: String
    public var value: Secret
    public init(key: String, value: Secret) {
      self.key = key
      self.value = value
    }
  }

  public init(id: SpaceID, sdk: SDK, visibility: Visibility) {
    self.id = id
    self.sdk = sdk
    self.visibility = visibility
    variables = []
    secrets = []
    volumes = []
  }
}

/// The answer to a create.
public struct CreatedSpace: Hashable, Sendable {
  public var hubID: String
  public var address: SpaceID
  public var url: String
  public init(hubID: String, address: SpaceID, url: String) {
    self.hubID = hubID
    self.address = address
    self.url = url
  }
}
