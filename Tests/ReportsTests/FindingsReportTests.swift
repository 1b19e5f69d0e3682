import Diagnostics
import Foundation
import SpaceModel
import Testing

@testable import Reports

@Suite("A report of findings, for people and for programs")
struct FindingsReportTests {
  @Test("is sorted, without duplicates, and knows where the project lies")
  func report() {
    let first = Finding(rule: "SF010", message: "m", span: SampleFindings.span("a", 1, 1, 1, 2))
    let second = Finding(rule: "SF010", severity: .warning, message: "m", span: SampleFindings.span("a", 2, 1, 2, 2))
    let third = Finding(rule: "SF010", message: "m", span: SampleFindings.span("b", 1, 1, 1, 2))
    let report = FindingsReport(findings: [third, second, first, first], filesChecked: 2)
    #expect(report.findings == [first, second, third])
    #expect(report.mostSevereFirst == [first, third, second])
    for (given, path) in [("", "a"), (".", "a"), ("x/y", "x/y/a"), ("x/y/", "x/y/a")] {
      #expect(FindingsReport(findings: [], filesChecked: 0, pathPrefix: given).repositoryPath("a") == path)
    }
  }

  @Test("shows a fix after the help, and names files from the project folder")
  func human() throws { try Golden.expect(HumanFindings.text(SampleFindings.plain, color: false), "findings.txt") }

  @Test("has fixes with their edits in JSON, and null where there is none")
  func json() throws { try Golden.expect(JSONFindings.text(SampleFindings.plain), "findings.json") }

  @Test("says the same to the callers that have no report")
  func callers() {
    let report = SampleFindings.plain
    var human = HumanFindings(texts: report.texts, color: true)
    #expect(HumanFindings.text(report, color: true).hasPrefix(human.text(report.findings)))
  }

  @Test("reads back from JSON as it was, whatever files and texts hold")
  func nasty() throws {
    let text = JSONFindings.text(SampleFindings.nasty)
    let back = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
    #expect(back == JSONFindings.value(SampleFindings.nasty))
    let finding = back.objectValue?["findings"]?.arrayValue?.first?.objectValue
    #expect(finding?["message"] == .string(SampleFindings.nastyText))
    #expect(finding?["file"] == .string(SampleFindings.nastyPath))
    let edit = finding?["fix"]?.objectValue?["edits"]?.arrayValue?.first?.objectValue
    #expect(edit?["replacement"] == .string(SampleFindings.nastyText))
  }

  @Test("has fingerprints that no two findings share, and that stay when lines are added above")
  func fingerprints() {
    let here = FindingsReport(findings: SampleFindings.many(3, .error), filesChecked: 1)
    let moved = FindingsReport(
      findings: here.findings.map { finding in
        var moved = finding
        moved.span = SampleFindings.span(finding.span.file, finding.span.start.line + 40, 5, finding.span.start.line + 40, 6)
        return moved
      }, filesChecked: 1)
    let prints = FindingFingerprint.all(of: here)
    #expect(Set(prints).count == 3)
    #expect(prints.allSatisfy { $0.utf8.count == 64 })
    #expect(FindingFingerprint.all(of: moved) == prints)
    let elsewhere = FindingsReport(findings: here.findings, filesChecked: 1, pathPrefix: "x")
    #expect(Set(FindingFingerprint.all(of: elsewhere)).isDisjoint(with: prints))
    let other = FindingsReport(findings: SampleFindings.many(3, .error, message: "n"), filesChecked: 1)
    #expect(Set(FindingFingerprint.all(of: other)).isDisjoint(with: prints))
  }

  @Test("keeps its fingerprints from version to version: alerts are followed by them")
  func pinnedFingerprint() {
    let report = FindingsReport(findings: SampleFindings.many(1, .error), filesChecked: 1)
    // SHA-256 of ["SF010","spaces/chat.space.yaml","m",1]
    #expect(FindingFingerprint.all(of: report) == ["0bdb43dbf12aed64f9f4b7bb2167021762e1d60131673807c9c6c4d81be571ec"])
  }
}
