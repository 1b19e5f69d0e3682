/// Who the token belongs to and what it may do (facts hub-api section 1.4).
public struct Identity: Hashable, Sendable {
  public var name: String
  public var isPro: Bool
  /// Nil: the Hub did not say.
  public var canPay: Bool?
  public var organisations: [Organisation]
  public var token: TokenKind

  public struct Organisation: Hashable, Sendable {
    public var name: String
    /// `admin`, `write`, `contributor`, `read`, `no_access`, or nil when the Hub did not say.
    public var role: String?
    /// `team`, `enterprise`, `plus`, `academia`; nil on the free plan.
    public var plan: String?
    public var canPay: Bool?
    public init(name: String, role: String? = nil, plan: String? = nil, canPay: Bool? = nil) {
      self.name = name
      self.role = role
      self.plan = plan
      self.canPay = canPay
    }
  }

  public enum TokenKind: Hashable, Sendable {
    case read
    case write
    /// What it may do is known per entity only.
    case fineGrained
    /// An OAuth or exchanged token, or a role we do not know.
    case other(String)
  }

  public init(
    name: String, isPro: Bool = false, canPay: Bool? = nil, organisations: [Organisation] = [], token: TokenKind = .write
  ) {
    self.name = name
    self.isPro = isPro
    self.canPay = canPay
    self.organisations = organisations
    self.token = token
  }

  /// Whether the token may read the whole of a namespace, so that a name missing from its list is missing.
  public func readsWholeNamespace(_ owner: String) -> Bool {
    if token == .fineGrained { return false }
    if case .other = token { return false }
    if owner == name { return true }
    guard let organisation = organisations.first(where: { $0.name == owner }) else { return false }
    return organisation.role != "no_access"
  }
}

/// The request allowance of the current window (facts hub-api section 6.3).
public struct Quota: Hashable, Sendable {
  public var remaining: Int
  /// Seconds until the window starts again.
  public var resetsIn: Int
  /// Calls a window; nil when the Hub did not say.
  public var limit: Int?
  public init(remaining: Int, resetsIn: Int, limit: Int? = nil) {
    self.remaining = remaining
    self.resetsIn = resetsIn
    self.limit = limit
  }
}
