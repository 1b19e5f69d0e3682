import HubAPI
import SpaceModel

/// The Hub's "no": an HTTP status, the headers that name the reason, and the words (facts hub-api sections 6.1 and 6.2).
public struct Refusal: Error, Hashable, Sendable {
  /// HTTP status.
  public var status: Int
  /// What `X-Error-Code` says, when the Hub names one.
  public var code: String?
  public var message: String
  /// The address in a 409's body.
  public var url: String?
  /// What the in-process door reports.
  public var kind: HubError.Kind

  public init(_ status: Int, _ kind: HubError.Kind, _ message: String, code: String? = nil, url: String? = nil) {
    self.status = status
    self.kind = kind
    self.message = message
    self.code = code
    self.url = url
  }

  public static func rejected(_ message: String) -> Refusal { Refusal(400, .rejected, message) }
  public static func unprocessable(_ message: String) -> Refusal { Refusal(422, .rejected, message) }
  public static func forbidden(_ message: String) -> Refusal { Refusal(403, .forbidden, message) }
  public static func payment(_ message: String, status: Int = 402) -> Refusal { Refusal(status, .paymentRequired, message) }

  public static let badToken = Refusal(401, .unauthenticated, "Invalid credentials in Authorization header")
  public static let noToken = Refusal(401, .unauthenticated, "Invalid username or password.")

  /// Missing and invisible look the same: 401 to a stranger, 404 to someone with a valid token.
  public static func repositoryNotFound(_ caller: Caller) -> Refusal {
    caller.account == nil
      ? noToken : Refusal(404, .notFound(.repository), "Repository not found", code: "RepoNotFound")
  }

  public static func revisionNotFound(_ revision: String) -> Refusal {
    Refusal(404, .notFound(.revision), "Invalid rev id: \(revision)", code: "RevisionNotFound")
  }

  public static func entryNotFound(_ message: String) -> Refusal {
    Refusal(404, .notFound(.entry), message, code: "EntryNotFound")
  }
}
