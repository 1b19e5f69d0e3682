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
      guard let pattern = policy.value.namePattern, (try? Regex(pattern)) != nil else { return [] }
      let named = fleet.spaces.compactMap { space in (space.id?.name ?? space.name).map { (space: space, name: $0) } }
      guard let matches = NameSearch.matches(pattern, in: named.map(\.name)) else {
        return policy.namePattern.map { place in
          [
            Rule.badPattern.finding(
              "looking for `\(pattern)` in the names takes too long", help: "Write it without a repetition inside another.",
              at: place.value)
          ]
        } ?? []
      }
      return zip(named, matches).compactMap { named, isMatch in
        if isMatch { return nil }
        let (space, name) = named
        return Rule.namePattern.finding(
          "the name `\(name)` does not match the project's pattern `\(pattern)`", help: "Rename the Space.",
          at: space.namePlace.value, related: policy.related(policy.namePattern))
      }
    })
}
