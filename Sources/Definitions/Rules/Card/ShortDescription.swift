extension Rule {
  static let shortDescription: Rule = Rule(
    "SF202",
    summary: "The short description is too long.",
    explanation: "The Hub refuses a README whose `short_description` has more than 60 characters.",
    failing: RuleExample(
      "name: chat\ncard:\n  short_description: Talks about everything with everyone, at length, and in many languages\n"),
    passing: RuleExample("name: chat\ncard:\n  short_description: Talks about everything with everyone\n"),
    check: .space { space, _ in
      space.card.members.compactMap { member in
        guard member.hubName == "short_description", let text = member.json.stringValue, text.count > 60 else { return nil }
        return Rule.shortDescription.finding(
          "the short description has \(text.count) characters; at most 60 are allowed", help: "Shorten it.",
          at: member.place.value)
      }
    })
}
