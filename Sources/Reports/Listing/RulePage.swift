import Definitions
import Diagnostics

/// What a person should know about a rule: what it is for, what breaks it, what is then said, and what keeps it.
struct RulePage {
  let rule: Rule

  /// `error`, and what else is to know of it at a glance.
  var marks: String {
    var marks = [rule.severity.rawValue]
    if rule.isFixable { marks.append("fixable") }
    if !rule.isOnByDefault { marks.append("off by default") }
    if !rule.canBeSuppressed { marks.append("cannot be ignored") }
    return marks.joined(separator: ", ")
  }

  /// - Parameter width: columns the explanation is broken at; nil leaves it on one line.
  func text(width: Int?) -> String {
    """
    \(rule.id) (\(marks)): \(rule.summary)

    \(width.map { Paragraph.wrapped(rule.explanation, to: $0) } ?? rule.explanation)

    Breaks the rule:

    \(files(rule.failing))What is said:

    \(indented(said))
    Keeps it:

    \(files(rule.passing))
    """
  }

  /// Ends with one line break.
  var markdown: String {
    let text = """
      ### \(rule.id)

      **\(rule.summary)** (\(marks))

      \(rule.explanation)

      Breaks it:

      \(blocks(rule.failing))```text
      \(said)```

      Keeps it:

      \(blocks(rule.passing))
      """
    return String(text.dropLast())
  }

  /// The rule's findings in its failing example, as `validate` shows them.
  private var said: String {
    guard let loaded = try? rule.failing.checked(for: rule) else { return "" }
    var report = HumanFindings(texts: loaded.texts, color: false)
    let text = report.text(loaded.findings.filter { $0.rule == rule.id })
    // The blank line that parts findings from each other ends the last one too.
    return text.hasSuffix("\n\n") ? String(text.dropLast()) : text
  }

  private func files(_ example: RuleExample) -> String {
    example.pages.map { page in "  \(page.path)\n\n\(indented(page.text))\n" }.joined()
  }

  private func blocks(_ example: RuleExample) -> String {
    example.pages.map { page in
      let text = TerminalText.escapedLines(page.text)
      return "```\(RulePage.language(page.path))\n# \(page.path)\n\(text.hasSuffix("\n") ? text : text + "\n")```\n\n"
    }.joined()
  }

  /// How a code block of a file is to be coloured.
  private static func language(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    if name == "Dockerfile" { return "dockerfile" }
    return switch name.split(separator: ".").last {
    case "yaml": "yaml"
    case "py": "python"
    case "md": "markdown"
    default: "text"
    }
  }

  private func indented(_ text: String) -> String {
    TerminalText.escapedLines(text).split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "    \($0)" }.joined(separator: "\n")
  }
}
