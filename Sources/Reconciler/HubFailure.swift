import Diagnostics
import HubAPI

extension HubError {
  /// The failure a person is shown: what was being done, what the Hub said, and the way out.
  public func failure(doing: String) -> Failure {
    Failure(doing: doing, problem: description, help: help, status: status(for: kind))
  }

  private var help: String? {
    switch kind {
    case .unauthenticated:
      "Set HF_TOKEN to a token of https://huggingface.co/settings/tokens, or run `hf auth login`; a token that was set is wrong or has expired"
    case .forbidden:
      "Use a token with write access to this namespace, or ask an administrator of the organisation for the role"
    case .notFound:
      "Check the address, and that the token may see it: the Hub does not tell a missing Space from an invisible one"
    case .alreadyExists: "Run `spaceform import ADDRESS` to bring the existing Space under control, or choose another name"
    case .busy: "Another operation on the account is under way; run the command again in a moment"
    case .paymentRequired: "The account's plan or payment method does not allow this; see https://huggingface.co/pricing"
    case .staleParent: "The Space got a commit after the plan was made; plan again to see it"
    case .rateLimited(let after):
      after.map { "Wait \($0) s and run the command again; finished work is kept" }
        ?? "Wait a few minutes and run the command again; finished work is kept"
    case .rejected: nil
    case .server: "The Hub failed; run the command again, finished work is kept"
    case .transport: "Check the network, HF_ENDPOINT and any proxy, then run the command again"
    case .malformedAnswer: "Check that HF_ENDPOINT is a Hugging Face Hub; a proxy or a login page in between answers like this"
    case .moved(let target):
      target.map { target in
        // A redirect to somewhere else is no news of the Space.
        target.contains("://")
          ? "Something sends this call to \(target); check HF_ENDPOINT and any proxy"
          : "The Space is now at \(target); declare the new address with moved_from"
      }
    }
  }

  private func status(for kind: Kind) -> ExitStatus { isAboutAccess ? .notAllowed : .failure }
}
