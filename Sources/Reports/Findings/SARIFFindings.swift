import Diagnostics
import SpaceModel

/// Findings as SARIF 2.1.0, the form code scanning reads, within what GitHub accepts.
public enum SARIFFindings {
  /// GitHub shows the first 5,000 results of a run.
  static let resultLimit = 5_000
  /// GitHub includes the first 100 locations of a result.
  static let relatedLimit = 100

  /// The whole log as text, a newline at its end.
  public static func text(_ report: FindingsReport) -> String { value(report).prettyText }

  /// The whole log.
  public static func value(_ report: FindingsReport) -> JSONValue {
    let results = SARIFResults(report)
    return [
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
      "runs": [
        [
          "tool": [
            "driver": [
              "name": "spaceform", "version": .string(SpaceformVersion.current),
              "semanticVersion": .string(SpaceformVersion.current), "rules": .array(results.rules),
            ]
          ],
          // Ours count Unicode scalars; the default would be UTF-16 code units.
          "columnKind": "unicodeCodePoints",
          "invocations": [invocation(leftOut: results.leftOut)],
          "properties": ["filesChecked": .int(report.filesChecked)],
          "results": .array(results.values),
        ]
      ],
    ]
  }

  private static func invocation(leftOut: Int) -> JSONValue {
    // The run itself went well, whatever it found.
    guard leftOut > 0 else { return ["executionSuccessful": true] }
    let findings = leftOut == 1 ? "1 more finding was" : "\(leftOut) more findings were"
    return [
      "executionSuccessful": true,
      "toolExecutionNotifications": [
        [
          "level": "warning",
          "message": ["text": .string("\(findings) left out: code scanning takes at most \(resultLimit), errors first.")],
        ]
      ],
    ]
  }
}
