/// Why a call to the Hub failed, with what a person needs to act on it.
public struct HubError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Kind: Hashable, Sendable {
    /// No token was sent and one is needed, or the token is not valid.
    case unauthenticated
    /// The token is valid and may not do this.
    case forbidden
    /// Missing, or invisible to this token: the Hub does not tell which.
    case notFound(NotFound)
    /// The address is taken.
    case alreadyExists(url: String?)
    /// Another operation on the account is under way; the same call may succeed later.
    case busy
    /// The account's plan or payment does not allow it.
    case paymentRequired
    /// The branch has moved since `parentCommit`.
    case staleParent
    /// Too many calls, or too many of one action. `after` in seconds, when the Hub said.
    case rateLimited(after: Int?)
    /// The Hub refuses the request as it stands.
    case rejected
    /// The Hub failed (5xx).
    case server
    /// No complete answer: connection, TLS, name, time.
    case transport
    /// An answer that is not what the Hub's interface promises.
    case malformedAnswer
    /// The address answers with a redirect to another one.
    case moved(to: String?)
  }

  public enum NotFound: String, Hashable, Sendable { case repository, revision, entry, other }

  public var kind: Kind
  /// `POST /api/repos/create`.
  public var call: String
  /// HTTP status; nil without an answer.
  public var status: Int?
  /// The Hub's own words, or the transport's.
  public var message: String
  public var requestID: String?
  /// True when a write may have taken effect although it failed here.
  public var outcomeUnknown: Bool

  public init(
    kind: Kind, call: String, status: Int? = nil, message: String, requestID: String? = nil, outcomeUnknown: Bool = false
  ) {
    self.kind = kind
    self.call = call
    self.status = status
    self.message = message
    self.requestID = requestID
    self.outcomeUnknown = outcomeUnknown
  }

  public var description: String {
    var text = message.isEmpty ? "no message" : message
    if let status { text += " (HTTP \(status), \(call)" } else { text += " (\(call)" }
    if let requestID { text += ", request \(requestID)" }
    return text + ")"
  }

  public var isNotFound: Bool { if case .notFound = kind { true } else { false } }

  /// Whether this is about who is asking rather than what is asked (exit status 4).
  public var isAboutAccess: Bool { kind == .unauthenticated || kind == .forbidden }
}
