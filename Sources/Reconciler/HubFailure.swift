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
      "set HF_TOKEN to a token of https://huggingface.co/settings/tokens, or run `hf auth login`; a token that was set is wrong or has expired"
    case .forbidden:
      "use a token with write access to this namespace, or ask an administrator of the organisation for the role"
    case .notFound:
      "check the address, and that the token may see it: the Hub does not tell a missing Space from an invisible one"
    case .alreadyExists: "run `spaceform import ADDRESS` to bring the existing Space under control, or choose another name"
    case .busy: "another operation on the account is under way; run the command again in a moment"
    case .paymentRequired: "the account's plan or payment method does not allow this; see https://huggingface.co/pricing"
    case .staleParent: "the Space got a commit after the plan was made; plan again to see it"
    case .rateLimited(let after):
      after.map { "wait \($0) s and run the command again; finished work is kept" }
        ?? "wait a few minutes and run the command again; finished work is kept"
    case .rejected: nil
    case .server: "the Hub failed; run the command again, finished work is kept"
    case .transport: "check the network, HF_ENDPOINT and any proxy, then run the command again"
    case .malformedAnswer: "check that HF_ENDPOINT is a Hugging Face Hub; a proxy or a login page in between answers like this"
    case .moved(let target): target.map { "the Space is now at \($0); declare the new address with moved_from" }
    }
  }

  private func status(for kind: Kind) -> ExitStatus { isAboutAccess ? .notAllowed : .failure }
}
