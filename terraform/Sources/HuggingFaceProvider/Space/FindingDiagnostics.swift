import CtyCore
import Diagnostics
import ProviderKit

/// Findings of the rules as Terraform shows them: with their id, at the attribute they are about.
enum FindingDiagnostics {
  static func diagnostic(_ finding: Finding, in text: DefinitionText) -> ProviderKit.Diagnostic {
    let isOfConfiguration = finding.span.file == DefinitionTree.definition
    let path = isOfConfiguration ? text.path(ofLine: finding.span.start.line) : .attribute("source")
    let place =
      isOfConfiguration ? "" : "In \(finding.span.file), line \(finding.span.start.line), column \(finding.span.start.column). "
    let help = finding.help.map(sentence) ?? ""
    // The one name that differs, for Terraform's language reserves it.
    let message = path == .attribute("wait") ? finding.message.replacing("`for`", with: "`until`") : finding.message
    return ProviderKit.Diagnostic(
      finding.severity == .error ? .error : .warning, "\(finding.rule): \(message)",
      detail: place + help + (help.isEmpty ? "" : " ") + "`spaceform explain \(finding.rule)` says more.", path: path)
  }

  private static func sentence(_ text: String) -> String { text.last.map { ".?!".contains($0) } == true ? text : text + "." }
}
