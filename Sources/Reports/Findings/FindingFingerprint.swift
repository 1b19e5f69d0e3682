import Cryptography
import Diagnostics
import SpaceModel

/// What a finding is known by from one run to the next: its rule, file and message, and which of several alike it is. Where it
/// stands is left out, so that lines added above do not make it a new one.
struct FindingFingerprint: Hashable {
  private let rule: String
  private let path: String
  private let message: String

  private init(_ finding: Finding, in report: FindingsReport) {
    rule = finding.rule
    path = report.repositoryPath(finding.span.file)
    message = finding.message
  }

  /// - Parameter occurrence: from 1, by place.
  private func hex(occurrence: Int) -> String {
    let parts: JSONValue = [.string(rule), .string(path), .string(message), .int(occurrence)]
    return Digest.sha256Hex(parts.canonicalText.utf8)
  }

  /// One for each finding, in the report's order; no two are equal.
  static func all(of report: FindingsReport) -> [String] {
    var seen: [FindingFingerprint: Int] = [:]
    return report.findings.map { finding in
      let fingerprint = FindingFingerprint(finding, in: report)
      seen[fingerprint, default: 0] += 1
      return fingerprint.hex(occurrence: seen[fingerprint, default: 1])
    }
  }
}
