import Diagnostics
import SpaceModel

/// Where the identity token of a CI job comes from, which the Hub trades for a token that writes to one Space (facts hub-api
/// section 1.5).
public enum IdentityTokenSource: Sendable {
  /// `HF_OIDC_ID_TOKEN`: made by the CI system beforehand, as GitLab's `id_tokens` are. It cannot be had anew.
  case supplied(Secret)
  /// GitHub makes one whenever it is asked.
  case github(address: String, requestToken: Secret)

  /// Whether a further one can be had when a trade has run out.
  var isRenewable: Bool {
    switch self {
    case .supplied: false
    case .github: true
    }
  }

  /// The source that the environment names; nil without `SPACEFORM_OIDC`, and for pull requests, which anyone may open and which
  /// therefore never get a token that writes.
  static func find(_ environment: [String: String]) throws(Failure) -> IdentityTokenSource? {
    guard HubConfiguration.isTruthy(environment["SPACEFORM_OIDC"]), !isPullRequest(environment) else { return nil }
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    if let token = value("HF_OIDC_ID_TOKEN") {
      guard let secret = try AccessToken(token, source: .variable("HF_OIDC_ID_TOKEN"))?.secret else { return nil }
      return .supplied(secret)
    }
    if value("GITHUB_ACTIONS") == "true" {
      guard let address = value("ACTIONS_ID_TOKEN_REQUEST_URL"), let token = value("ACTIONS_ID_TOKEN_REQUEST_TOKEN") else {
        throw Failure(
          doing: "looking for this job's identity token", problem: "GitHub gives this job none",
          help: "Add `permissions: id-token: write` to the job, or take SPACEFORM_OIDC away", status: .notAllowed)
      }
      return .github(address: address, requestToken: Secret(token))
    }
    throw Failure(
      doing: "looking for this job's identity token", problem: "SPACEFORM_OIDC is set and HF_OIDC_ID_TOKEN is not",
      help:
        "In GitLab declare `id_tokens: { HF_OIDC_ID_TOKEN: { aud: https://huggingface.co } }`; elsewhere set it to the job's OpenID Connect token",
      status: .notAllowed)
  }

  /// Whether the job runs for a pull request or a merge request.
  static func isPullRequest(_ environment: [String: String]) -> Bool {
    environment["GITHUB_EVENT_NAME"]?.hasPrefix("pull_request") == true
      || environment["CI_PIPELINE_SOURCE"] == "merge_request_event"
  }
}
