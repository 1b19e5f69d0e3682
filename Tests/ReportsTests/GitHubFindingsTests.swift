import Diagnostics
import Testing

@testable import Reports

@Suite("Findings as workflow commands")
struct GitHubFindingsTests {
  /// The lines as the runner cuts them: at line feeds, carriage returns, and both.
  private func lines(_ report: FindingsReport) -> [String] {
    let text = GitHubFindings.text(report).replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  @Test("are a line each, errors first, and end with what was checked")
  func golden() throws { try Golden.expect(GitHubFindings.text(SampleFindings.plain), "findings.github.txt") }

  @Test("read back as they were, whatever files and texts hold, and none turns into a command of its own")
  func nasty() throws {
    let lines = lines(SampleFindings.nasty)
    #expect(lines.count == 4)
    let commands = lines.compactMap(WorkflowCommand.init(line:))
    #expect(commands.map(\.name) == ["error", "warning", "notice"])
    // What a terminal would act on is shown instead; the rest of the path is as it is.
    let path = "dir \"x\":,%/" + SampleFindings.nastyPath.replacing("\u{1B}", with: "\\u{1b}")
    let shown = TerminalText.escaped(SampleFindings.nastyText)
    for command in commands {
      #expect(
        command.properties == ["file": path, "line": "1", "endLine": "1", "col": "2", "endColumn": "3", "title": "SF010"])
      let shownPath = TerminalText.escaped("dir \"x\":,%/" + SampleFindings.nastyPath)
      #expect(command.data == "\(shownPath):1:2: \(shown)\n\(shownPath):2:1: \(shown)\n\(shown)")
    }
    #expect(lines.last == "Checked 1 file: 1 error, 1 warning, 1 note")
    #expect(!GitHubFindings.text(SampleFindings.nasty).unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }

  @Test("mark columns on one line only, and no line of which nothing is wrong")
  func places() throws {
    func properties(_ span: SourceSpan) throws -> [String: String] {
      let finding = Finding(rule: "SF010", message: "m", span: span)
      let line = try #require(lines(FindingsReport(findings: [finding], filesChecked: 1)).first)
      return try #require(WorkflowCommand(line: line)).properties.filter { !["file", "title"].contains($0.key) }
    }
    #expect(
      try properties(SampleFindings.span("a", 2, 3, 2, 9)) == ["line": "2", "endLine": "2", "col": "3", "endColumn": "8"])
    #expect(
      try properties(SampleFindings.span("a", 2, 3, 2, 3)) == ["line": "2", "endLine": "2", "col": "3", "endColumn": "3"])
    #expect(try properties(SampleFindings.span("a", 2, 3, 4, 2)) == ["line": "2", "endLine": "4"])
    #expect(try properties(SampleFindings.span("a", 2, 3, 4, 1)) == ["line": "2", "endLine": "3"])
    #expect(
      try properties(SampleFindings.span("a", 2, 3, 3, 1)) == ["line": "2", "endLine": "2", "col": "3", "endColumn": "3"])
  }

  @Test("say that not all are shown beside the code, when they are not")
  func limit() {
    func last(_ count: Int) -> String? {
      lines(FindingsReport(findings: SampleFindings.many(count, .error), filesChecked: 1)).last
    }
    #expect(last(10) == "Checked 1 file: 10 errors")
    #expect(
      last(11) == "Checked 1 file: 11 errors (GitHub shows 10 of a kind beside the code; they are all in this log)")
    #expect(lines(FindingsReport(findings: [], filesChecked: 3)) == ["Checked 3 files: no findings"])
  }
}
