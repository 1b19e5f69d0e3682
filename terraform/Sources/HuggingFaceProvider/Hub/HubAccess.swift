import HubAPI
import ProviderKit
import State

/// The Hub as the provider is configured to talk to it.
public struct HubAccess: Sendable {
  private let client: (any HubAPI)?
  private let pending: String
  private let shared: SharedAnswers
  /// `default_owner`.
  let owner: String?
  /// The key of fingerprints, from `SPACEFORM_LOCK_KEY`: with it a secret's new value is noticed by itself.
  let lockKey: LockKey?
  /// Nothing was found to ask as anybody: what is public can be read.
  private let isAnonymous: Bool

  init(_ client: any HubAPI, owner: String?, lockKey: LockKey? = nil, isAnonymous: Bool = false) {
    self.client = client
    self.isAnonymous = isAnonymous
    self.owner = owner
    self.lockKey = lockKey
    pending = ""
    shared = SharedAnswers(client)
  }

  /// A setting comes from a resource that does not exist yet: nothing can be asked before apply.
  init(pending setting: String, owner: String?) {
    client = nil
    self.owner = owner
    lockKey = nil
    isAnonymous = false
    pending = setting
    shared = SharedAnswers(nil)
  }

  /// The Hub's address; nil while it is not known.
  var endpoint: String? { client?.endpoint }

  /// Nobody can change a Space without a token: that is said before the Hub is asked, which would answer that a password is wrong.
  func requireToken() throws(ProviderError) {
    guard isAnonymous else { return }
    throw ProviderError(
      "There is no token for the Hub",
      detail:
        "HF_TOKEN is not set, the provider's `token` neither, and `hf auth login` has stored none. Set HF_TOKEN to a token that may write to the Space."
    )
  }

  /// The client for reading what is there: calls that come at about the same time share the lists of whole namespaces.
  func bulk() throws(ProviderError) -> SharingHub { SharingHub(try hub(), shared, listsSpaces: true) }

  /// The client for changing one Space, which asks for that one alone.
  func single() throws(ProviderError) -> SharingHub { SharingHub(try hub(), shared, listsSpaces: false) }

  private func hub() throws(ProviderError) -> any HubAPI {
    guard let client else {
      throw ProviderError(
        "The Hub cannot be asked yet",
        detail: "The provider's `\(pending)` is known only after apply. Apply what it comes from first, with -target.")
    }
    return client
  }

  /// The client, for a call; the Hub's refusal becomes a diagnostic.
  /// - Parameter needsToken: whether nobody is answered without one.
  func call<Result>(_ doing: String, needsToken: Bool = true, _ work: (any HubAPI) async throws(HubError) -> Result)
    async throws(ProviderError)
    -> Result
  {
    let client = try hub()
    if needsToken { try requireToken() }
    do { return try await work(client) } catch { throw ProviderError(doing, error) }
  }
}

extension ProviderError {
  init(_ doing: String, _ error: HubError) {
    let help =
      switch error.kind {
      case .unauthenticated: " Set HF_TOKEN, or `token` of the provider, to a valid token."
      case .forbidden: " The token lacks the permission; give it write access to this Space, or use another."
      case .notFound: " The Hub does not tell what is missing from what the token may not see."
      case .rateLimited: " Try again later, or lower -parallelism."
      default: ""
      }
    self.init("\(doing) failed", detail: error.description + "." + help)
  }
}
