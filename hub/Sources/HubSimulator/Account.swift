import HubAPI
import SpaceModel

/// A user or an organisation: the owner of Spaces and, for users, someone who calls.
public struct Account: Codable, Hashable, Sendable {
  public enum Kind: String, Codable, Hashable, Sendable { case user, org }
  public enum Role: String, Codable, Hashable, Sendable {
    case admin, write, contributor, read
    /// Whether this role may change any of the organisation's Spaces.
    var writes: Bool { self == .admin || self == .write }
  }

  public var name: String
  /// 24 hexadecimal digits.
  public var hubID: String
  public var kind: Kind
  public var plan: Plan
  /// Whether there is a payment method.
  public var canPay: Bool
  /// Members of an organisation by user name.
  public var members: [String: Role]
  public var resourceGroups: [ResourceGroup]
  /// Ids of the resource groups whose spend limit is reached; `SpendLimit.wholeAccount` stands for the account's own. Nil is none.
  var reachedLimits: Set<String>?

  public init(
    name: String, hubID: String, kind: Kind, plan: Plan, canPay: Bool, members: [String: Role] = [:],
    resourceGroups: [ResourceGroup] = []
  ) {
    self.name = name
    self.hubID = hubID
    self.kind = kind
    self.plan = plan
    self.canPay = canPay
    self.members = members
    self.resourceGroups = resourceGroups
  }
}

/// What an account pays for (facts hub-api section 7.1) and the request allowance that comes with it (section 6.3).
public enum Plan: String, Codable, Hashable, Sendable, CaseIterable {
  case free, pro, team, enterprise

  /// Whether Gradio and Docker Spaces may be created on free CPU hardware.
  public var hostsCompute: Bool { self != .free }
  /// Whether regions may be chosen.
  public var choosesRegion: Bool { self == .team || self == .enterprise }
  /// API calls in a window of five minutes.
  public var apiCalls: Int {
    switch self {
    case .free: 1000
    case .pro: 2500
    case .team: 3000
    case .enterprise: 6000
    }
  }
  /// File downloads in a window of five minutes.
  public var resolverCalls: Int {
    switch self {
    case .free: 5000
    case .pro: 12_000
    case .team: 20_000
    case .enterprise: 50_000
    }
  }
  /// ZeroGPU Spaces an account may host.
  var zeroGPUSpaces: Int {
    switch self {
    case .free: 2
    case .pro: 10
    case .team, .enterprise: 50
    }
  }
}

/// What a token is worth.
public struct TokenGrant: Codable, Hashable, Sendable {
  public enum Power: Codable, Hashable, Sendable {
    case read
    case write
    /// From a keyless exchange: writes to one Space (by Hub id), creates none.
    case oneSpace(hubID: String)
    /// What its scopes permit and nothing else (facts hub-api sections 1.4 and 7.5).
    case fineGrained([TokenScope])
  }
  public var account: String
  public var power: Power
  public var name: String
  public var expires: Timestamp?

  public init(account: String, power: Power, name: String, expires: Timestamp? = nil) {
    self.account = account
    self.power = power
    self.name = name
    self.expires = expires
  }
}

/// Who is asking; nobody, when there is no token.
public struct Caller: Hashable, Sendable {
  public var grant: TokenGrant?
  public var account: String? { grant?.account }
  public static let anonymous = Caller(grant: nil)
  public init(grant: TokenGrant?) { self.grant = grant }
}
