import Console
import Definitions
import SpaceModel

/// The rules `validate` checks, listed and explained.
public struct RuleText {
  private let style: Style

  public init(style: Style) { self.style = style }

  public func list(_ rules: [Rule]) -> String {
    var table = TextTable(["RULE", "SEVERITY", "SUMMARY"])
    for rule in rules { table.add([rule.id, rule.severity.rawValue, rule.summary]) }
    return table.text { row, column, cell in
      if row == 0 { return style.bold(cell) }
      guard column == 1 else { return cell }
      return cell == "error" ? style.red(cell) : style.yellow(cell)
    }
  }

  public func page(_ rule: Rule) -> String { RulePage(rule: rule).text(width: 100) }

  /// A rule's section of that page.
  public static func markdown(_ rule: Rule) -> String { RulePage(rule: rule).markdown }

  /// Every rule on one page, by family: `docs/rules.md`.
  public static var markdown: String {
    var text = """
      # Rules

      What `spaceform validate` checks, and what `plan` and `apply` check before they do anything. Made by `script/generate` from the
      rules themselves: each example is a test, and what is said of it is what the program says.

      Errors are what the Hub would refuse, what would break or what would leak; warnings are everything else and change the exit status only
      with `--strict`. A comment silences a rule where it may: `# spaceform: ignore SF105` on the line or alone on the line above,
      `# spaceform: ignore-file SF105` for a file. `--select`, `--extend-select` and `--ignore` take ids and their beginnings.

      """
    for family in RuleFamily.all {
      text += "\n## \(family.title)\n\n| rule | | what it finds |\n|---|---|---|\n"
      for rule in family.rules {
        let marks = RulePage(rule: rule).marks
        text += "| [\(rule.id)](#\(rule.id.lowercased())) | \(marks) | \(rule.summary) |\n"
      }
      for rule in family.rules { text += "\n" + RulePage(rule: rule).markdown }
    }
    while text.hasSuffix("\n\n") { text.removeLast() }
    return text
  }

  public static func json(_ rules: [Rule]) -> JSONValue {
    ["format_version": 1, "rules": .array(rules.map(json))]
  }

  private static func json(_ rule: Rule) -> JSONValue {
    [
      "id": .string(rule.id), "severity": .string(rule.severity.rawValue), "summary": .string(rule.summary),
      "explanation": .string(rule.explanation), "failing": json(rule.failing), "passing": json(rule.passing),
      "on_by_default": .bool(rule.isOnByDefault), "can_be_ignored": .bool(rule.canBeSuppressed),
      "fixable": .bool(rule.isFixable), "in_schema": .bool(rule.isInSchema),
    ]
  }

  private static func json(_ example: RuleExample) -> JSONValue {
    [
      "file": .string(example.shown), "text": .string(example.text),
      "files": .object(Dictionary(example.pages.map { ($0.path, .string($0.text)) }, uniquingKeysWith: { first, _ in first })),
    ]
  }
}
