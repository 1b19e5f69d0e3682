import CtyCore
import Diagnostics
import ProviderKit
import Reconciler

extension ProviderError {
  /// A failure of the engine, in Terraform's form.
  init(_ failure: Failure, path: CtyPath?, state: StoredState? = nil) {
    let doing = failure.doing.prefix(1).uppercased() + failure.doing.dropFirst()
    self.init(
      "\(doing) failed", detail: "\(failure.problem).\(Self.help(failure.help))", path: path, state: state)
  }

  /// Why the engine will not do what the plan says.
  init(_ refusal: Refusal, help: String?, path: CtyPath?, state: StoredState? = nil) {
    let reason = refusal.reason.prefix(1).uppercased() + refusal.reason.dropFirst()
    self.init(String(reason), detail: Self.help(help ?? refusal.help).trimmed, path: path, state: state)
  }

  /// The way out. What the command line would do is here done by Terraform.
  private static func help(_ text: String?) -> String {
    guard let text else { return "" }
    let own =
      text.contains("spaceform import") ? "Import the existing Space with `terraform import`, or choose another name" : text
    return " "
      + own.replacing("run the command again", with: "apply again").replacing("Run the command again", with: "Apply again")
      + (own.hasSuffix(".") ? "" : ".")
  }
}

extension String {
  fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
