import Diagnostics
import SpaceModel

extension Rule {
  static let spaceName: Rule = Rule(
    "SF101", isStructural: true,
    summary: "A name or an owner is not one the Hub takes.",
    explanation: """
      Both consist of ASCII letters, digits, `_`, `.` and `-`, at most 96 of them, begin and end with a letter, digit or \
      `_`, hold neither `--` nor `..`, and do not end in `.git`. An environment's suffix counts as part of the name.
      """,
    failing: RuleExample("name: chat--bot\n"),
    passing: RuleExample("name: chat-bot\n"),
    check: .space { space, fleet in
      var findings: [Finding] = []
      if let owner = space.owner, !SpaceID.isValidSegment(owner.value) {
        findings.append(
          Rule.spaceName.finding("`\(owner.value)` cannot be an owner", help: advice, at: owner.place.value))
      }
      guard let name = space.name else { return findings }
      if !SpaceID.isValidSegment(name) {
        findings.append(Rule.spaceName.finding("`\(name)` cannot be a name", help: advice, at: space.namePlace.value))
      } else if let suffix = fleet.project.environment?.suffix, !SpaceID.isValidSegment(name + suffix.value) {
        findings.append(
          Rule.spaceName.finding(
            "with the environment's suffix the name is `\(name + suffix.value)`, which cannot be one", help: advice,
            at: space.namePlace.value, related: [RelatedSpan(span: suffix.place.value, message: "the suffix")]))
      }
      return findings
    })

  private static let advice =
    "Use letters, digits, `_`, `.` and `-`, at most 96, beginning and ending with a letter or digit, without `--` and `..`."
}
