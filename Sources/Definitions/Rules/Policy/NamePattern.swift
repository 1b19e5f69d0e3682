import Diagnostics

extension Rule {
  static let namePattern: Rule = Rule(
    "SF506",
    summary: "A Space's name does not match the project's pattern.",
    explanation: """
      `policy.name_pattern` is a regular expression that is looked for in the name, an environment's suffix included. Anchor \
      it with `^` and `$` to match the whole name.
      """,
    failing: RuleExample(
      "name: Chat\n", project: RuleExample.plainProject + "policy: { name_pattern: \"^[a-z0-9-]+$\" }\n"),
    passing: RuleExample(
      "name: chat\n", project: RuleExample.plainProject + "policy: { name_pattern: \"^[a-z0-9-]+$\" }\n"),
    check: .fleet { fleet in
      let policy = fleet.project.policy
      guard let pattern = policy.value.namePattern, let expression = try? Regex(pattern) else { return [] }
      return fleet.spaces.compactMap { space in
        guard let name = space.id?.name ?? space.name, (try? expression.firstMatch(in: name)) == nil else { return nil }
        return Rule.namePattern.finding(
          "the name `\(name)` does not match the project's pattern `\(pattern)`", help: "Rename the Space.",
          at: space.namePlace.value, related: policy.related(policy.namePattern))
      }
    })
}
