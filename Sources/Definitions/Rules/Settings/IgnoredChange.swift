import Diagnostics
import SpaceModel

extension Rule {
  static let ignoredChange: Rule = Rule(
    "SF115",
    summary: "`ignore_changes` names something that is no setting.",
    explanation: """
      Each entry is a setting (`hardware`), a path inside one (`variables.LOG_LEVEL`), or `content` for the Space's files. A \
      misspelt entry would protect nothing.
      """,
    failing: RuleExample("name: chat\nlifecycle: { ignore_changes: [hardwares] }\n"),
    passing: RuleExample("name: chat\nlifecycle: { ignore_changes: [hardware, content] }\n"),
    check: .space { space, _ in
      let known = Setting.all.map(\.key) + ["content"]
      return space.ignoreChanges.compactMap { entry in
        let head = String(entry.value.prefix { $0 != "." })
        guard !known.contains(head) else { return nil }
        return Rule.ignoredChange.finding(
          "`\(head)` is not a setting", help: Suggestion.advice(for: head, among: known),
          at: entry.place.value)
      }
    })
}
