/// What the Hub takes in a Space's card: the words and limits that rules, schema and readers share.
///
/// As its documentation had them on 2026-08-22: hub-docs `spaces-config-reference.md` (of 2026-03-20), `spaces-oauth.md` and
/// `spaces-zerogpu.md` (facts: hub-api sections 5.2 and 7.5).
public enum CardReference {
  /// Of `colorFrom` and `colorTo`.
  public static let colors = ["red", "yellow", "green", "blue", "indigo", "purple", "pink", "gray"]

  /// Of `header`.
  public static let headers = ["default", "mini"]

  /// Characters of `short_description`, at most.
  public static let longestShortDescription = 60

  // MARK: Sign-in

  /// Of `hf_oauth_scopes`.
  public static let oauthScopes = [
    "email", "read-billing", "read-memberships", "read-repos", "gated-repos", "contribute-repos", "write-repos", "manage-repos",
    "read-collections", "write-collections", "inference-api", "read-endpoints", "write-endpoints", "jobs", "webhooks",
    "write-discussions",
  ]

  /// Scopes every sign-in has; naming them changes nothing.
  public static let impliedOAuthScopes = ["openid", "profile"]

  /// Minutes a sign-in may hold, at most: 30 days.
  public static let longestSignIn = 43_200

  // MARK: Headers

  /// The headers that `custom_headers` may set, and the values of each.
  public static let customHeaders: [String: [String]] = [
    "cross-origin-embedder-policy": ["unsafe-none", "require-corp", "credentialless"],
    "cross-origin-opener-policy": ["same-origin", "same-origin-allow-popups", "unsafe-none"],
    "cross-origin-resource-policy": ["same-site", "same-origin", "cross-origin"],
  ]

  // MARK: SDKs

  /// Keys that only some SDKs read. `streamlit` is there for Spaces that were made with it.
  public static let sdksReading: [String: [SDK]] = [
    "app_port": [.docker],
    "app_build_command": [.static],
    "base_path": [.gradio, .docker, .streamlit],
    "sdk_version": [.gradio, .streamlit],
  ]

  /// Every SDK a card may name.
  public static let sdks = SDK.creatable + [.streamlit]

  // MARK: ZeroGPU

  /// The versions of Python that ZeroGPU has.
  public static let zeroGPUPythons = ["3.12.12", "3.10.13"]

  /// The first major version of Gradio that ZeroGPU works with.
  public static let zeroGPUGradio = 4
}
