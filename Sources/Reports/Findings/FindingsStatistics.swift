import Definitions
import Diagnostics
import SpaceModel

/// How often each rule was broken: what to turn to first in a project that has much to put right.
public struct FindingsStatistics: Sendable {
  /// One rule.
  public struct Row: Hashable, Sendable {
    public let rule: String
    /// The worst it was found with.
    public let severity: Severity
    public let count: Int
    /// How many of them `--fix` puts right.
    public let fixable: Int
    /// Nil for a rule this version does not know.
    public let summary: String?
  }

  /// The most frequent first, then by id.
  public let rows: [Row]
  private let report: FindingsReport

  public init(_ report: FindingsReport) {
    self.report = report
    rows = Dictionary(grouping: report.findings, by: \.rule).map { rule, findings in
      Row(
        rule: rule, severity: findings.map(\.severity).max() ?? .note, count: findings.count,
        fixable: findings.count { $0.fix != nil }, summary: RuleRegistry.rule(rule)?.summary)
    }.sorted { $0.count == $1.count ? $0.rule < $1.rule : $0.count > $1.count }
  }

  /// A table for people, and how many files were checked.
  public var text: String {
    let summary = HumanFindings.summary(report.findings, filesChecked: report.filesChecked) + "\n"
    guard !rows.isEmpty else { return summary }
    var table = TextTable(["COUNT", "RULE", "SEVERITY", "FIXABLE", "SUMMARY"])
    for row in rows {
      table.add([
        String(row.count), row.rule, row.severity.rawValue, row.fixable == 0 ? "-" : String(row.fixable),
        row.summary ?? "-",
      ])
    }
    return table.text() + "\n" + summary
  }

  public var json: JSONValue {
    [
      "format_version": .int(JSONFindings.formatVersion), "files_checked": .int(report.filesChecked),
      "statistics": .array(
        rows.map { row in
          [
            "rule": .string(row.rule), "severity": .string(row.severity.rawValue), "count": .int(row.count),
            "fixable": .int(row.fixable), "summary": row.summary.map(JSONValue.string) ?? .null,
          ]
        }),
    ]
  }
}
