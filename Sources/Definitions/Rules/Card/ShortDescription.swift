import SpaceModel

extension Rule {
  static let shortDescription: Rule = Rule(
    "SF202",
    summary: "The short description is too long.",
    explanation: "The Hub refuses a README whose `short_description` has more than 60 characters.",
    failing: RuleExample(
      "name: chat\ncard:\n  short_description: Talks about everything with everyone, at length, and in many languages\n"),
    passing: RuleExample("name: chat\ncard:\n  short_description: Talks about everything with everyone\n"),
    check: .space { space, _ in
      let limit = CardReference.longestShortDescription
      guard let text = space.card["short_description"]?.text, text.value.count > limit else { return [] }
      return [
        Rule.shortDescription.finding(
          "the short description has \(text.value.count) characters; at most \(limit) are allowed", help: "Shorten it.",
          at: text.place.value)
      ]
    })
}
