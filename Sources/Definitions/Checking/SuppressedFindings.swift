import Diagnostics

/// Takes out of a file's findings what its comments silence, and finds the comments that silence nothing.
struct SuppressedFindings {
  private(set) var kept: [Finding] = []
  private(set) var unused: [Finding] = []

  /// - Parameters:
  ///   - findings: all of one file.
  ///   - selection: comments for a rule that did not run are not called unused.
  init(_ findings: [Finding], _ suppressions: Suppressions, selection: RuleSelection) {
    // A file may be all comments and all findings, so neither is compared with the other one by one.
    let silenced = Set(suppressions.entries.flatMap { entry in entry.targets.map { Silence(reach: entry.reach, rule: $0.id) } })
    var used: Set<Silence> = []
    for finding in findings {
      let reaches: [Suppressions.Entry.Reach] = [.file, .line(finding.span.start.line)]
      let silences = reaches.map { Silence(reach: $0, rule: finding.rule) }.filter(silenced.contains)
      if silences.isEmpty || RuleRegistry.rule(finding.rule)?.canBeSuppressed != true {
        kept.append(finding)
      } else {
        used.formUnion(silences)
      }
    }
    for entry in suppressions.entries { unused += SuppressedFindings.unused(entry, used, selection) }
  }

  /// What one or more comments say. Every one that says it is of use when a finding is silenced by it.
  private struct Silence: Hashable {
    var reach: Suppressions.Entry.Reach
    var rule: String
  }

  private static func unused(
    _ entry: Suppressions.Entry, _ used: Set<Silence>, _ selection: RuleSelection
  ) -> [Finding] {
    guard !entry.targets.isEmpty else {
      return [
        Rule.unusedSuppression.finding(
          "the comment names no rule to ignore", help: "Write the rule's id: `spaceform: ignore SF203`.", at: entry.comment)
      ]
    }
    let idle = entry.targets.filter { target in
      guard let rule = RuleRegistry.rule(target.id) else { return true }
      return !used.contains(Silence(reach: entry.reach, rule: target.id)) && selection.includes(rule)
    }
    let isWhole = idle.count == entry.targets.count
    return idle.map { target in
      let (message, help) = words(target.id)
      return Rule.unusedSuppression.finding(
        message, help: help, at: target.span,
        fix: isWhole && entry.targets.count == 1
          ? Fix("remove the comment", edits: [Fix.Edit(entry.removal, replacement: "")]) : nil)
    }
  }

  private static func words(_ id: String) -> (message: String, help: String) {
    guard let rule = RuleRegistry.rule(id) else {
      return (
        "there is no rule `\(id)` to ignore",
        Suggestion.advice(for: id, among: RuleRegistry.all.map(\.id), otherwise: "Run `spaceform explain` for all rules.")
      )
    }
    if !rule.canBeSuppressed {
      return ("`\(id)` cannot be ignored: without it there is no definition to go on with", "Correct what it finds.")
    }
    return ("nothing here breaks `\(id)`, so there is nothing to ignore", "Remove the id, or the comment.")
  }
}
