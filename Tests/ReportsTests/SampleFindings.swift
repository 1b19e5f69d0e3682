import Diagnostics
import Reports

/// Reports that the formats are tried on.
enum SampleFindings {
  static let chat = "spaces/chat.space.yaml"
  static let api = "spaces/api.space.yaml"

  /// Findings of every look: each severity, related places, fixes in one file and in two, a whole file, several lines, a rule that
  /// no version knows.
  static let plain = FindingsReport(
    findings: [
      Finding(
        rule: "SF104", message: "a static Space has no hardware", help: "Remove `hardware`.", span: span(chat, 3, 1, 3, 9),
        related: [RelatedSpan(span: span(chat, 2, 6, 2, 12), message: "static by this")],
        fix: Fix("remove `hardware`", edits: [Fix.Edit(span(chat, 3, 1, 4, 1), replacement: "")])),
      Finding(
        rule: "SF103", severity: .warning, message: "`t4-smal` is not a known flavour", help: "Did you mean `t4-small`?",
        span: span(api, 2, 11, 2, 18),
        fix: Fix("write `t4-small`", edits: [Fix.Edit(span(api, 2, 11, 2, 18), replacement: "t4-small")])),
      Finding(
        rule: "SF601", message: "the Space `acme/chat` is already defined in spaces/api.space.yaml",
        help: "Rename or remove one of the two.", span: span(chat, 1, 7, 1, 11),
        related: [RelatedSpan(span: span(api, 1, 7, 1, 11), message: "defined first here")],
        fix: Fix(
          "name them apart",
          edits: [
            Fix.Edit(span(chat, 1, 11, 1, 11), replacement: "-2"), Fix.Edit(span(api, 1, 11, 1, 11), replacement: "-1"),
          ])),
      Finding(rule: "SF999", severity: .note, message: "why not?", span: span(chat, 5, 3, 7, 1)),
      Finding(rule: "SF014", message: "the Space file is empty", span: SourceSpan(file: "spaces/empty.space.yaml")),
    ],
    texts: [
      chat: "name: chat\nsdk: static\nhardware: cpu-basic\ncard:\n  note: |\n    日本 💬\nregion: eu\n",
      api: "name: chat\nhardware: t4-smal\n",
      "spaces/empty.space.yaml": "",
    ],
    filesChecked: 5, pathPrefix: "demos/fleet")

  /// A file name and a text that are neither: what would end a line, an attribute, a string or a command, and what would steer.
  static let nastyPath = "spaces/%41:a,b ü\n\r\u{1B}[31m\"'<&>]]>#?\\💬\u{FFFE}.space.yaml"
  static let nastyText =
    "::error file=x::%0A%25 \"'<&>]]> \\ {0} {{1}} [a](1)\r\n::set-output name=x::y\0\u{1B}[2J\u{7}\u{9B}\u{FFFF}\u{202E}💬e\u{301}"

  static let nasty = FindingsReport(
    findings: [Severity.error, .warning, .note].map { severity in
      Finding(
        rule: "SF010", severity: severity, message: nastyText, help: nastyText, span: span(nastyPath, 1, 2, 1, 4),
        related: [RelatedSpan(span: span(nastyPath, 2, 1, 2, 3), message: nastyText)],
        fix: Fix(nastyText, edits: [Fix.Edit(span(nastyPath, 1, 2, 1, 4), replacement: nastyText)]))
    }, texts: [nastyPath: nastyText], filesChecked: 1, pathPrefix: "dir \"x\":,%/")

  static func span(_ file: String, _ line: Int, _ column: Int, _ endLine: Int, _ endColumn: Int) -> SourceSpan {
    SourceSpan(file: file, start: Position(line: line, column: column), end: Position(line: endLine, column: endColumn))
  }

  /// So many findings of one rule in one file, a line apart.
  static func many(_ count: Int, _ severity: Severity, rule: String = "SF010", message: String = "m") -> [Finding] {
    (1...count).map { line in
      Finding(rule: rule, severity: severity, message: message, span: span(chat, line, 1, line, 2))
    }
  }
}
