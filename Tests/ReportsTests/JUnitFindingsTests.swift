import Diagnostics
import Testing

@testable import Reports

@Suite("Findings as a JUnit report")
struct JUnitFindingsTests {
  private func suite(_ report: FindingsReport) throws -> ParsedElement {
    let root = try ParsedXML.root(of: try JUnitFindings.text(report))
    #expect(root.name == "testsuites")
    let suite = try #require(root.all("testsuite").first)
    // The counts are what the cases say.
    let cases = suite.all("testcase")
    #expect(suite.attributes["tests"] == String(cases.count))
    #expect(suite.attributes["failures"] == String(cases.count { !$0.all("failure").isEmpty }))
    #expect(suite.attributes["skipped"] == String(cases.count { !$0.all("skipped").isEmpty }))
    #expect(root.attributes == suite.attributes)
    return suite
  }

  @Test("have a case for each file with findings, and one for all the others")
  func golden() throws { try Golden.expect(try JUnitFindings.text(SampleFindings.plain), "findings.junit.xml") }

  @Test("fail a file once, with all its errors, and leave warnings and notes to its output")
  func failures() throws {
    let cases = try suite(SampleFindings.plain).all("testcase")
    #expect(cases.map { $0.all("failure").count } == [0, 1, 1, 0])
    let chat = try #require(cases.first { $0.attributes["name"] == "demos/fleet/spaces/chat.space.yaml" })
    let failure = try #require(chat.all("failure").first)
    #expect(failure.text.contains("error[SF601]") && failure.text.contains("error[SF104]"))
    #expect(failure.attributes["message"]?.hasPrefix("2 errors, the first is SF601: ") == true)
    #expect(chat.all("system-out").first?.text.contains("note[SF999]: why not?") == true)
    #expect(cases.last?.attributes["name"] == "2 files without findings")
  }

  @Test("pass without findings, and skip what was not there")
  func none() throws {
    let clean = try suite(FindingsReport(findings: [], filesChecked: 1))
    #expect(clean.all("testcase").map { $0.attributes["name"] } == ["1 file without findings"])
    #expect(clean.attributes["failures"] == "0")
    let nothing = try suite(FindingsReport(findings: [], filesChecked: 0))
    #expect(nothing.all("testcase").map { $0.attributes["name"] } == ["no file was checked"])
    #expect(nothing.attributes["skipped"] == "1")
  }

  @Test("have no case for other files when every file has findings, even one that was not counted")
  func all() throws {
    let finding = SampleFindings.many(1, .warning)
    #expect(try suite(FindingsReport(findings: finding, filesChecked: 1)).all("testcase").count == 1)
    #expect(try suite(FindingsReport(findings: finding, filesChecked: 0)).all("testcase").count == 1)
  }

  @Test("are well-formed and read back, whatever files and texts hold")
  func nasty() throws {
    let file = try #require(try suite(SampleFindings.nasty).all("testcase").first)
    let path = "dir \"x\":,%/" + SampleFindings.nastyPath
    #expect(file.attributes["name"] == TerminalText.escaped(path).replacing("\u{FFFE}", with: "\u{FFFD}"))
    #expect(
      file.attributes["file"] == path.replacing("\u{1B}", with: "\u{FFFD}").replacing("\u{FFFE}", with: "\u{FFFD}"))
    let shown = TerminalText.escaped(SampleFindings.nastyText).replacing("\u{FFFF}", with: "\u{FFFD}")
    let failure = try #require(file.all("failure").first)
    #expect(failure.attributes["message"] == "SF010: \(shown)")
    #expect(
      failure.text.hasSuffix("error[SF010]: \(shown)\n  \(file.attributes["name"] ?? ""):2:1: \(shown)\n  help: \(shown)\n"))
    #expect(file.all("system-out").first?.text.contains("note[SF010]: \(shown)") == true)
  }
}
