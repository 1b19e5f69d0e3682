import Diagnostics

extension Rule {
  static let cardKeyTwice: Rule = Rule(
    "SF203",
    summary: "`card.extra` repeats a key of the card.",
    explanation: """
      `extra` is for front matter keys that `card` does not know. A key in both would have two values, and only one could be \
      written.
      """,
    failing: RuleExample("name: chat\ncard: { color_from: blue, extra: { colorFrom: red } }\n"),
    passing: RuleExample("name: chat\ncard: { color_from: blue, extra: { metaTitle: Chat } }\n"),
    check: .space { space, _ in
      // Within `card` alone no two keys are one.
      guard space.card.declared.contains(where: \.isExtra) else { return [] }
      var first: [String: Card.Member] = [:]
      var findings: [Finding] = []
      for member in space.card.declared.sorted(by: { !$0.isExtra && $1.isExtra }) {
        if let other = first[member.hubName] {
          findings.append(
            Rule.cardKeyTwice.finding(
              "`\(member.written)` is `\(other.written)` of the card", help: "Keep `\(other.written)`.", at: member.place.key,
              related: [RelatedSpan(span: other.place.key, message: "the card's own key")]))
        } else {
          first[member.hubName] = member
        }
        if member.isExtra, let own = CardKeys.ownName(of: member.hubName), first[member.hubName]?.isExtra == true {
          findings.append(
            Rule.cardKeyTwice.finding(
              "`\(member.hubName)` has a key of its own in `card`", help: "Write `\(own)` in `card`, where it is checked.",
              at: member.place.key))
        }
      }
      return findings
    })
}
