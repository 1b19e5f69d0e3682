extension Rule {
  static let basePath: Rule = Rule(
    "SF213",
    summary: "The path a Space opens at does not begin with a slash.",
    explanation: "`base_path` is the path of the app's own pages that the Hub shows first. It begins with `/`.",
    failing: RuleExample("name: chat\ncard: { base_path: docs }\n"),
    passing: RuleExample("name: chat\ncard: { base_path: /docs }\n"),
    check: .space { space, _ in
      guard let path = space.card["base_path"]?.text, !path.value.hasPrefix("/") else { return [] }
      return [
        Rule.basePath.finding(
          "`\(path.value)` does not begin with `/`", help: "Write the path from the app's root, beginning with `/`.",
          at: path.place.value, fix: .prefixing(path.value, at: path.place.value, with: "/"))
      ]
    })
}
