import Diagnostics
import SpaceModel

/// Findings as GitLab's Code Quality report: an array of what merge requests show.
public enum GitLabFindings {
  /// The whole report as text, a newline at its end.
  public static func text(_ report: FindingsReport) -> String { value(report).prettyText }

  /// The whole report.
  public static func value(_ report: FindingsReport) -> JSONValue {
    .array(
      zip(report.findings, FindingFingerprint.all(of: report)).map { finding, fingerprint in
        [
          "check_name": .string(finding.rule), "description": .string(finding.sentences), "fingerprint": .string(fingerprint),
          "severity": .string(severity(finding.severity)),
          "location": [
            "path": .string(report.repositoryPath(finding.span.file)), "lines": ["begin": .int(finding.span.start.line)],
          ],
        ]
      })
  }

  private static func severity(_ severity: Severity) -> String {
    switch severity {
    case .error: "major"
    case .warning: "minor"
    case .note: "info"
    }
  }
}
