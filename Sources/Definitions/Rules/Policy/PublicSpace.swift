import SpaceModel

extension Rule {
  static let publicSpace: Rule = Rule(
    "SF505",
    summary: "A Space is public although the project allows none.",
    explanation: """
      With `policy.allow_public: false` no definition may say `visibility: public`. `protected` (a public app over private \
      code) is allowed.
      """,
    failing: RuleExample(
      "name: chat\nvisibility: public\n", project: RuleExample.plainProject + "policy: { allow_public: false }\n"),
    passing: RuleExample(
      "name: chat\nvisibility: private\n", project: RuleExample.plainProject + "policy: { allow_public: false }\n"),
    check: .space { space, fleet in
      let policy = fleet.project.policy
      guard !policy.value.allowPublic, let visibility = space.visibility, visibility.value == .public else { return [] }
      return [
        Rule.publicSpace.finding(
          "the project allows no public Space", help: "Write `private` or `protected`.", at: visibility.place.value,
          related: policy.related(policy.allowPublic))
      ]
    })
}
