extension Rule {
  static let badPattern: Rule = Rule(
    "SF507", isStructural: true,
    summary: "The policy's name pattern is not a regular expression.",
    explanation: """
      A pattern that cannot be read would let every name pass. So would one that is never done: `(a+)+$` takes longer with each letter \
      of a name, until no machine has the time. It is given up after seconds.
      """,
    failing: RuleExample(project: RuleExample.plainProject + "policy: { name_pattern: \"[a-z\" }\n"),
    passing: RuleExample(project: RuleExample.plainProject + "policy: { name_pattern: \"[a-z]\" }\n"),
    check: .fleet { fleet in
      guard let pattern = fleet.project.policy.value.namePattern, let place = fleet.project.policy.namePattern,
        (try? Regex(pattern)) == nil
      else { return [] }
      return [
        Rule.badPattern.finding(
          "`\(pattern)` is not a regular expression", help: "Check brackets and backslashes.", at: place.value)
      ]
    })
}
