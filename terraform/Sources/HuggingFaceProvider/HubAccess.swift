import HubAPI
import ProviderKit

/// The Hub as the provider is configured to talk to it.
public struct HubAccess: Sendable {
  private let client: (any HubAPI)?
  private let pending: String
  /// `default_owner`.
  let owner: String?

  init(_ client: any HubAPI, owner: String?) {
    self.client = client
    self.owner = owner
    pending = ""
  }

  /// A setting comes from a resource that does not exist yet: nothing can be asked before apply.
  init(pending setting: String, owner: String?) {
    client = nil
    self.owner = owner
    pending = setting
  }

  /// The client, for a call; the Hub's refusal becomes a diagnostic.
  func call<Result>(_ doing: String, _ work: (any HubAPI) async throws(HubError) -> Result) async throws(ProviderError)
    -> Result
  {
    guard let client else {
      throw ProviderError(
        "The Hub cannot be asked yet",
        detail: "The provider's `\(pending)` is known only after apply. Apply what it comes from first, with -target.")
    }
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
