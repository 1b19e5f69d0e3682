import Diagnostics

/// Findings for a person at a terminal: message, place, the line with a caret, the way out.
public struct HumanFindings {
  private let color: Bool
  private var lines: [String: SourceLines] = [:]
  private let texts: [String: String]

  /// - Parameters:
  ///   - texts: the texts of the files findings point into; a file without one is named without a snippet.
  ///   - color: whether to paint; the meaning never hangs on it.
  public init(texts: [String: String], color: Bool) {
    self.texts = texts
    self.color = color
  }

  /// A whole report: every finding with its lines, and what was checked.
  /// - Parameters:
  ///   - report: the findings, and what they are about.
  ///   - color: whether colours are used.
  ///   - checked: what was looked at, in words; how many files when nil.
  public static func text(_ report: FindingsReport, color: Bool, checked: String? = nil) -> String {
    var human = HumanFindings(texts: report.texts, color: color)
    let last =
      checked.map { "\($0): \(counts(report.findings))" } ?? summary(report.findings, filesChecked: report.filesChecked)
    let fixable = report.findings.count { $0.fix != nil }
    return human.text(report.findings) + last + (fixable == 0 ? "" : "; \(fixable) can be fixed with --fix") + "\n"
  }

  /// Every finding in the order given, a blank line after each; empty without findings.
  public mutating func text(_ findings: [Finding]) -> String {
    findings.map { text($0) + "\n" }.joined()
  }

  /// One sentence for the end: how many files were checked, and what came of it.
  public static func summary(_ findings: [Finding], filesChecked: Int) -> String {
    "\(filesChecked == 1 ? "Checked 1 file" : "Checked \(filesChecked) files"): \(counts(findings))"
  }

  /// How many there are of each severity: `2 errors, 1 warning`.
  public static func counts(_ findings: [Finding]) -> String {
    let counts = [(Severity.error, "error"), (.warning, "warning"), (.note, "note")].compactMap { severity, word -> String? in
      let count = findings.count { $0.severity == severity }
      return count == 0 ? nil : "\(count) \(word)\(count == 1 ? "" : "s")"
    }
    return counts.isEmpty ? "no findings" : counts.joined(separator: ", ")
  }

  private mutating func text(_ finding: Finding) -> String {
    let related = finding.related.sorted { $0.span < $1.span }
    let places = [finding.span] + related.map(\.span)
    let gutter = places.map { String($0.start.line).count }.max() ?? 1
    let title = "\(finding.severity.rawValue)[\(finding.rule)]"
    var text = paint(title, finding.severity) + paint(": \(TerminalText.escaped(finding.message))", .bold) + "\n"
    text += snippet(finding.span, gutter: gutter, mark: "^", label: nil, severity: finding.severity)
    for other in related { text += snippet(other.span, gutter: gutter, mark: "-", label: other.message, severity: .note) }
    if let help = finding.help { text += remark("help", help, gutter: gutter) }
    if let fix = finding.fix { text += remark("fix", "\(fix.summary) (spaceform validate --fix)", gutter: gutter) }
    return text
  }

  private func remark(_ word: String, _ text: String, gutter: Int) -> String {
    "\(spaces(gutter)) \(paint("=", .frame)) \(paint(word + ":", .bold)) \(TerminalText.escaped(text))\n"
  }

  private mutating func snippet(
    _ span: SourceSpan, gutter: Int, mark: Character, label: String?, severity: Severity
  ) -> String {
    let bar = paint("|", .frame)
    let arrow = paint(mark == "^" ? "-->" : ":::", .frame)
    var text = "\(spaces(gutter))\(arrow) \(TerminalText.escaped(span.file)):\(span.start.line):\(span.start.column)"
    guard let line = line(of: span) else { return text + (label.map { ": \(TerminalText.escaped($0))" } ?? "") + "\n" }
    let snippet = Snippet(line, span: span, mark: mark)
    let number = String(span.start.line)
    text += "\n\(spaces(gutter)) \(bar)\n"
    text += "\(paint(spaces(gutter - number.count) + number, .frame)) \(bar) \(snippet.line)\n"
    text += "\(spaces(gutter)) \(bar) \(paint(snippet.marks, severity))"
    return text + (label.map { " \(paint(TerminalText.escaped($0), severity))" } ?? "") + "\n"
  }

  private mutating func line(of span: SourceSpan) -> [Unicode.Scalar]? {
    if lines[span.file] == nil, let text = texts[span.file] { lines[span.file] = SourceLines(text) }
    return lines[span.file]?[span.start.line]
  }

  // MARK: Paint

  private enum Paint: String {
    case bold = "1"
    case frame = "34;1"
  }

  private func paint(_ text: String, _ paint: Paint) -> String { painted(text, paint.rawValue) }

  private func paint(_ text: String, _ severity: Severity) -> String {
    switch severity {
    case .error: painted(text, "31;1")
    case .warning: painted(text, "33;1")
    case .note: painted(text, "36;1")
    }
  }

  private func painted(_ text: String, _ code: String) -> String { color ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}
