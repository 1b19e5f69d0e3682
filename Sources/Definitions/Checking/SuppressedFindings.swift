import Diagnostics

/// Takes out of a file's findings what its comments silence, and finds the comments that silence nothing.
struct SuppressedFindings {
  private(set) var kept: [Finding] = []
  private(set) var unused: [Finding] = []

  /// - Parameters:
  ///   - findings: all of one file.
  ///   - selection: comments for a rule that did not run are not called unused.
  init(_ findings: [Finding], _ suppressions: Suppressions, selection: RuleSelection) {
    var used: Set<Place> = []
    for finding in findings {
      guard let place = SuppressedFindings.suppression(of: finding, suppressions) else {
        kept.append(finding)
        continue
      }
      used.formUnion(place)
    }
    for (number, entry) in suppressions.entries.enumerated() {
      unused += SuppressedFindings.unused(entry, number, used, selection)
    }
  }

  private struct Place: Hashable {
    var entry: Int
    var target: Int
  }

  /// Every comment that silences a finding: each of them is of use.
  private static func suppression(of finding: Finding, _ suppressions: Suppressions) -> [Place]? {
    guard RuleRegistry.rule(finding.rule)?.canBeSuppressed == true else { return nil }
    var places: [Place] = []
    for (number, entry) in suppressions.entries.enumerated()
    where entry.reach == .file || entry.reach == .line(finding.span.start.line) {
      for (index, target) in entry.targets.enumerated() where target.id == finding.rule {
        places.append(Place(entry: number, target: index))
      }
    }
    return places.isEmpty ? nil : places
  }

  private static func unused(
    _ entry: Suppressions.Entry, _ number: Int, _ used: Set<Place>, _ selection: RuleSelection
  ) -> [Finding] {
    guard !entry.targets.isEmpty else {
      return [
        Rule.unusedSuppression.finding(
          "the comment names no rule to ignore", help: "Write the rule's id: `spaceform: ignore SF203`.", at: entry.comment)
      ]
    }
    let idle = entry.targets.enumerated().filter { index, target in
      guard let rule = RuleRegistry.rule(target.id) else { return true }
      return !used.contains(Place(entry: number, target: index)) && selection.includes(rule)
    }
    let isWhole = idle.count == entry.targets.count
    return idle.map { _, target in
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
