import SpaceModel

extension Rule {
  static let oauthExpiration: Rule = Rule(
    "SF209",
    summary: "A sign-in is to hold longer than the Hub lets it.",
    explanation:
      "A sign-in holds for 480 minutes unless `hf_oauth_expiration_minutes` says otherwise, and for 30 days at most.",
    failing: RuleExample("name: chat\ncard: { hf_oauth: true, hf_oauth_expiration_minutes: 525600 }\n"),
    passing: RuleExample("name: chat\ncard: { hf_oauth: true, hf_oauth_expiration_minutes: 43200 }\n"),
    check: .space { space, _ in
      guard let minutes = space.card["hf_oauth_expiration_minutes"], let count = minutes.count,
        count > CardReference.longestSignIn
      else { return [] }
      return [
        Rule.oauthExpiration.finding(
          "the sign-in is to hold \(count) minutes; at most \(CardReference.longestSignIn) are allowed",
          help: "Write \(CardReference.longestSignIn), which is 30 days, or less.", at: minutes.place.value)
      ]
    })
}
