import Definitions
import Diagnostics
import SpaceModel
import Testing

@testable import Reports

@Suite("Statistics of findings")
struct FindingsStatisticsTests {
  private let report = FindingsReport(
    findings: SampleFindings.many(12, .warning, rule: "SF103") + SampleFindings.many(2, .note, rule: "SF999")
      + SampleFindings.many(2, .error, rule: "SF104").map { finding in
        var fixable = finding
        if finding.span.start.line == 1 { fixable.fix = Fix("remove it", edits: []) }
        return fixable
      }, filesChecked: 3)

  private func summary(_ id: String) throws -> String { try #require(RuleRegistry.rule(id)).summary }

  @Test("have the most frequent rule first, then go by number")
  func text() throws {
    #expect(
      FindingsStatistics(report).text == """
        COUNT  RULE   SEVERITY  FIXABLE  SUMMARY
        12     SF103  warning   -        \(try summary("SF103"))
        2      SF104  error     1        \(try summary("SF104"))
        2      SF999  note      -        -

        Checked 3 files: 2 errors, 12 warnings, 2 notes

        """)
  }

  @Test("have a stable form for programs")
  func json() throws {
    #expect(
      FindingsStatistics(report).json == [
        "format_version": 1, "files_checked": 3,
        "statistics": [
          ["rule": "SF103", "severity": "warning", "count": 12, "fixable": 0, "summary": .string(try summary("SF103"))],
          ["rule": "SF104", "severity": "error", "count": 2, "fixable": 1, "summary": .string(try summary("SF104"))],
          ["rule": "SF999", "severity": "note", "count": 2, "fixable": 0, "summary": .null],
        ],
      ])
  }

  @Test("are one sentence when there is nothing to count")
  func empty() {
    #expect(FindingsStatistics(FindingsReport(findings: [], filesChecked: 4)).text == "Checked 4 files: no findings\n")
  }
}
