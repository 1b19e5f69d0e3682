import SpaceModel

/// A public variable as the Hub shows it (facts hub-api section 2.9).
public struct LiveVariable: Hashable, Sendable, Codable {
  public var value: String
  public var description: String?
  public var updatedAt: Timestamp?
  public init(value: String, description: String? = nil, updatedAt: Timestamp? = nil) {
    self.value = value
    self.description = description
    self.updatedAt = updatedAt
  }
}

/// A secret as the Hub shows it: never its value (facts hub-api section 2.10).
public struct LiveSecret: Hashable, Sendable, Codable {
  public var description: String?
  /// The only signal that the value was changed; null is a value of its own.
  public var updatedAt: Timestamp?
  public init(description: String? = nil, updatedAt: Timestamp? = nil) {
    self.description = description
    self.updatedAt = updatedAt
  }
}
