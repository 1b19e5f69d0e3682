import Diagnostics
import HTTP
import SpaceModel

/// Which Hub to talk to, as whom, and how: everything the client takes from its surroundings, read once.
public struct HubConfiguration: Sendable {
  /// The public Hub.
  public static let defaultEndpoint = "https://huggingface.co"

  /// `HF_ENDPOINT` without a slash at the end.
  public var endpoint: String
  /// Nil: calls are anonymous.
  public var token: AccessToken?
  /// `SPACEFORM_BOOTSTRAP_TOKEN`: makes, moves and deletes Spaces, and does what an exchanged token is refused.
  public var bootstrapToken: AccessToken?
  /// `SPACEFORM_OIDC`: each Space is written to with a token that this job's identity is traded for.
  public var identityTokens: IdentityTokenSource?
  /// Whether there is anything to ask the Hub with.
  public var canRead: Bool { token != nil || identityTokens != nil }
  /// `HF_HUB_OFFLINE`: every call is refused.
  public var isOffline: Bool
  /// Calls under way at once, and connections to one host.
  public var concurrency = 16
  /// Spaces asked for in one list call. What the Hub honours is not documented; it answers with `Link` all the same.
  public var pageSize = 1000
  var proxies: ProxySettings
  var certificateFile: String?

  /// Reads the variables of facts hub-api section 1.1, the proxy variables and those that name certificates.
  ///
  /// - Parameters:
  ///   - environment: the process's variables.
  ///   - home: the user's home folder.
  ///   - token: used instead of what the environment names.
  /// - Throws: an endpoint that is not an `http` or `https` address; a token that cannot be read.
  public init(environment: [String: String], home: String, token: AccessToken? = nil) throws(Failure) {
    endpoint = try HubConfiguration.endpoint(environment["HF_ENDPOINT"])
    isOffline = HubConfiguration.isTruthy(environment["HF_HUB_OFFLINE"])
    proxies = ProxySettings(environment: environment)
    certificateFile = CertificateBundle.path(environment: environment)
    bootstrapToken = try AccessToken(
      environment["SPACEFORM_BOOTSTRAP_TOKEN"] ?? "", source: .variable("SPACEFORM_BOOTSTRAP_TOKEN"))
    identityTokens = try IdentityTokenSource.find(environment)
    if let token { self.token = token } else { self.token = try AccessToken.find(environment: environment, home: home) }
  }

  /// The Hub that a value of `HF_ENDPOINT` names; the public one when it is nil or empty.
  public static func endpoint(_ text: String?) throws(Failure) -> String {
    var endpoint = text ?? ""
    while endpoint.hasSuffix("/") { endpoint.removeLast() }
    guard !endpoint.isEmpty else { return defaultEndpoint }
    guard let address = endpoint.contains("://") ? WebAddress(endpoint) : nil, !endpoint.contains("?"), !endpoint.contains("#")
    else {
      throw Failure(
        doing: "reading HF_ENDPOINT", problem: "\(ForeignText.plain(endpoint)) is not the address of a Hub",
        help: "Write it as https://host or http://host:port.", status: .usage)
    }
    // The lock records the endpoint, so nothing secret may be in it.
    guard !address.hasCredentials else {
      throw Failure(
        doing: "reading HF_ENDPOINT", problem: "it holds a user name or a password",
        help: "Take them out of the address; the Hub knows people by HF_TOKEN.", status: .usage)
    }
    return endpoint
  }

  /// `1`, `ON`, `YES`, `TRUE` in any case, as the official client reads switches.
  public static func isTruthy(_ text: String?) -> Bool {
    ["1", "ON", "YES", "TRUE"].contains(text?.uppercased() ?? "")
  }
}
