import Diagnostics
import Foundation
import SpaceModel
import Testing

@testable import Reports

@Suite("Findings as a Code Quality report")
struct GitLabFindingsTests {
  private func entries(_ report: FindingsReport) throws -> [[String: JSONValue]] {
    let back = try JSONDecoder().decode(JSONValue.self, from: Data(GitLabFindings.text(report).utf8))
    return try #require(back.arrayValue).compactMap(\.objectValue)
  }

  @Test("name files from the top of the repository")
  func golden() throws { try Golden.expect(GitLabFindings.text(SampleFindings.plain), "findings.gitlab.json") }

  @Test("have fingerprints that no two share, however alike they are")
  func unique() throws {
    let report = FindingsReport(findings: SampleFindings.many(500, .warning), filesChecked: 1)
    let prints = try entries(report).compactMap { $0["fingerprint"]?.stringValue }
    #expect(Set(prints).count == 500)
  }

  @Test("read back as they were, whatever files and texts hold")
  func nasty() throws {
    let entries = try entries(SampleFindings.nasty)
    #expect(entries.map { $0["severity"] } == ["major", "minor", "info"])
    for entry in entries {
      #expect(entry["description"] == .string(SampleFindings.nastyText + ". " + SampleFindings.nastyText))
      #expect(
        entry["location"] == ["path": .string("dir \"x\":,%/" + SampleFindings.nastyPath), "lines": ["begin": 1]])
      #expect(Set(entry.keys) == ["check_name", "description", "fingerprint", "location", "severity"])
    }
  }

  @Test("are an empty list when there are none")
  func empty() { #expect(GitLabFindings.text(FindingsReport(findings: [], filesChecked: 3)) == "[]\n") }
}
