import Diagnostics
import XML

/// Findings as a JUnit report, for CI that shows test results.
///
/// A file with findings is a test case, failed by its errors; all of them stand in one `failure`, since readers show the first one
/// only. Warnings and notes fail nothing and are the case's output. The files without findings are one case that passed, because
/// a report knows how many they are and not their names.
public enum JUnitFindings {
  private static let name = "spaceform validate"

  /// The whole document, a newline at its end.
  /// - Throws: when there is no memory for it.
  public static func text(_ report: FindingsReport) throws(Failure) -> String {
    let files = Dictionary(grouping: report.findings, by: \.span.file)
      .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    let clean = max(0, report.filesChecked - files.count)
    let isEmpty = files.isEmpty && clean == 0
    let failed = files.count { $0.value.hasErrors }
    let counts = [
      ("name", name), ("tests", String(files.count + (clean > 0 || isEmpty ? 1 : 0))), ("failures", String(failed)),
      ("errors", "0"), ("skipped", isEmpty ? "1" : "0"), ("time", "0"),
    ]
    let xml = try XMLWriter()
    try xml.element("testsuites", counts) { () throws(Failure) in
      try xml.element("testsuite", counts) { () throws(Failure) in
        for (file, findings) in files { try write(file, findings, report, xml) }
        if isEmpty {
          try xml.element("testcase", testCase("no file was checked")) { () throws(Failure) in try xml.element("skipped") }
        } else if clean > 0 {
          try xml.element("testcase", testCase("\(clean) \(clean == 1 ? "file" : "files") without findings"))
        }
      }
    }
    return try xml.finish()
  }

  private static func write(
    _ file: String, _ findings: [Finding], _ report: FindingsReport, _ xml: XMLWriter
  ) throws(Failure) {
    let path = report.repositoryPath(file)
    let errors = findings.filter { $0.severity == .error }
    let others = findings.filter { $0.severity != .error }
    try xml.element("testcase", testCase(TerminalText.escaped(path)) + [("file", path)]) { () throws(Failure) in
      if let first = errors.first {
        let message = TerminalText.escaped("\(first.rule): \(first.message)")
        let title = errors.count == 1 ? message : "\(errors.count) errors, the first is \(message)"
        try xml.element("failure", [("message", title), ("type", first.rule)]) { () throws(Failure) in
          try xml.text(lines(errors, report))
        }
      }
      if !others.isEmpty {
        try xml.element("system-out") { () throws(Failure) in try xml.text(lines(others, report)) }
      }
    }
  }

  private static func testCase(_ title: String) -> [(name: String, value: String)] {
    [("classname", name), ("name", title), ("time", "0")]
  }

  /// Each finding with its places and its way out.
  private static func lines(_ findings: [Finding], _ report: FindingsReport) -> String {
    findings.map { finding in
      var lines = ["\(finding.span.place(in: report)): \(finding.severity.rawValue)[\(finding.rule)]: \(finding.message)"]
      lines += finding.related.map { "  \($0.span.place(in: report)): \($0.message)" }
      if let help = finding.help { lines.append("  help: \(help)") }
      return lines.map { TerminalText.escaped($0) + "\n" }.joined()
    }.joined()
  }
}
