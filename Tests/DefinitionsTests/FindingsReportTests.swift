import Diagnostics
import Foundation
import Testing

@testable import Definitions
@testable import Reports

@Suite("A report of findings") struct FindingsReportTests {
  /// A project with findings of every look: wide characters, tabs, related places, several lines, no text.
  static func findings() throws -> LoadedDefinitions {
    try load(
      [
        "spaces/a.space.yaml": "name: chat\nhardware: t4-smal\nvisibility: hidden\ncard: { title: \"日本 💬\", emoji: 7 }\n",
        "spaces/b.space.yaml": "name: chat\nsdk: static\ndev_mode: true\nsecrets:\n  TOKEN: abc\n",
        "spaces/c.space.yaml": "name: c\nvariables:\n  URL: \t\"ü ${space.chta.url}\"\nreplicas:\t\ttwo\n",
        "spaces/d.space.yaml": "name: d\nsource: { path: app }\ncard:\n  title: New\nwait:\n  {\n  }\nsleep_time: 5\n",
        "spaces/e.space.yaml": "",
        "app/README.md": "---\nemoji: 💬\ncolorFrom: red\ncolorTo: red\n---\n# one\n",
      ])
  }

  /// Compares with `Golden/NAME`; with `SPACEFORM_UPDATE_GOLDEN` set the file is written instead, and the test fails all the same.
  private static func expect(_ text: String, _ name: String) throws {
    let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)")
    guard ProcessInfo.processInfo.environment["SPACEFORM_UPDATE_GOLDEN"] == nil else {
      try Data(text.utf8).write(to: url)
      Issue.record("written, to be looked at: Golden/\(name)")
      return
    }
    #expect(try text == String(contentsOf: url, encoding: .utf8))
  }

  @Test("reads like a compiler's, line for line")
  func human() throws {
    let loaded = try Self.findings()
    let report = FindingsReport(findings: loaded.findings, texts: loaded.texts, filesChecked: loaded.filesChecked)
    try Self.expect(HumanFindings.text(report, color: false), "findings.txt")
  }

  @Test("has a stable form for programs")
  func json() throws {
    let loaded = try Self.findings()
    let report = FindingsReport(findings: loaded.findings, filesChecked: loaded.filesChecked, checked: loaded.checked)
    try Self.expect(JSONFindings.text(report), "findings.json")
  }

  @Test("says the same with colour, when the colour is taken out")
  func color() throws {
    let loaded = try Self.findings()
    var plain = HumanFindings(texts: loaded.texts, color: false)
    var painted = HumanFindings(texts: loaded.texts, color: true)
    let bare = painted.text(loaded.findings).replacing(/\u{1B}\[[0-9;]*m/, with: "")
    #expect(bare == plain.text(loaded.findings))
    #expect(painted.text(loaded.findings).contains("\u{1B}[31;1merror[SF012]\u{1B}[0m"))
  }

  @Test("puts the caret below what it means, tabs and wide characters counted")
  func caret() {
    func marks(_ line: String, _ start: Int, _ end: Int) -> String {
      let span = SourceSpan(file: "x", start: Position(line: 1, column: start), end: Position(line: 1, column: end))
      return Snippet(Array(line.unicodeScalars), span: span, mark: "^").marks
    }
    #expect(marks("a: bc", 4, 6) == "   ^^")
    #expect(marks("\ta: bc", 5, 7) == "\t   ^^")
    #expect(marks("日本: bc", 5, 7) == "      ^^")
    #expect(marks("日本: bc", 1, 3) == "^^^^")
    #expect(marks("e\u{301}: x", 5, 6) == "   ^")
    #expect(marks("abc", 4, 4) == "   ^")
    #expect(marks("abc", 9, 12) == "   ^")
  }

  @Test("never lets a file steer the terminal")
  func control() {
    let finding = Finding(
      rule: "SF010", message: "unknown key `a\u{1B}[2Jb\nc`", help: "x\u{202E}y",
      span: SourceSpan(file: "a\u{7}.yaml", start: Position(line: 1, column: 2), end: Position(line: 1, column: 4)))
    var report = HumanFindings(texts: ["a\u{7}.yaml": "\u{1B}[31mred\u{9B}"], color: false)
    let text = report.text([finding])
    for scalar in text.unicodeScalars where scalar != "\n" { #expect(!TerminalText.mustEscape(scalar)) }
    #expect(text.contains("`a\\u{1b}[2Jb\\u{a}c`"))
    #expect(text.contains("1 | \\u{1b}[31mred\\u{9b}\n  |       ^^"))
  }

  @Test("ends with what was checked and found")
  func summary() {
    let error = Finding(rule: "SF010", message: "m", span: SourceSpan(file: "x"))
    let warning = Finding(rule: "SF103", severity: .warning, message: "m", span: SourceSpan(file: "x"))
    #expect(HumanFindings.summary([], filesChecked: 9) == "Checked 9 files: no findings")
    #expect(HumanFindings.summary([error], filesChecked: 1) == "Checked 1 file: 1 error")
    #expect(HumanFindings.summary([error, error, warning], filesChecked: 0) == "Checked 0 files: 2 errors, 1 warning")
  }
}
