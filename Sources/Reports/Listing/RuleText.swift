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

  public func page(_ rule: Rule) -> String {
    let text = rule.explained
    return text.hasSuffix("\n") ? text : text + "\n"
  }

  public static func json(_ rules: [Rule]) -> JSONValue {
    ["format_version": 1, "rules": .array(rules.map(json))]
  }

  private static func json(_ rule: Rule) -> JSONValue {
    [
      "id": .string(rule.id), "severity": .string(rule.severity.rawValue), "summary": .string(rule.summary),
      "explanation": .string(rule.explanation), "failing": json(rule.failing), "passing": json(rule.passing),
    ]
  }

  private static func json(_ example: RuleExample) -> JSONValue {
    ["file": .string(example.shown), "text": .string(example.text)]
  }
}
