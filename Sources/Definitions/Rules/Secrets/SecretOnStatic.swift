extension Rule {
  static let secretOnStatic: Rule = Rule(
    "SF405",
    summary: "A static Space has a secret.",
    explanation: """
      A static Space runs in its visitors' browsers, and the Hub hands its variables and secrets to the page. A secret there \
      is public.
      """,
    failing: RuleExample("name: chat\nsdk: static\nsecrets:\n  API_KEY: { env: API_KEY }\n"),
    passing: RuleExample("name: chat\nsdk: docker\nsecrets:\n  API_KEY: { env: API_KEY }\n"),
    check: .space { space, _ in
      guard space.isStatic else { return [] }
      return space.secrets.map {
        Rule.secretOnStatic.finding(
          "the secret `\($0.key)` would be public: a static Space hands it to its visitors",
          help: "Keep secrets in a Space that runs, and call it from this one.", at: $0.place.key, related: space.whyStatic)
      }
    })
}
