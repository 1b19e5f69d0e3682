extension Rule {
  static let cardEmoji: Rule = Rule(
    "SF207",
    summary: "The card's emoji is none, or more than that.",
    explanation:
      "The Hub takes emoji characters in `emoji` and nothing else: no name such as `:speech_balloon:`, and no words.",
    failing: RuleExample("name: chat\ncard:\n  emoji: \":speech_balloon:\"\n"),
    passing: RuleExample("name: chat\ncard:\n  emoji: \"💬\"\n"),
    check: .space { space, _ in
      guard let emoji = space.card["emoji"]?.text, !emoji.value.allSatisfy(\.isEmoji) else { return [] }
      let found = String(emoji.value.filter(\.isEmoji))
      return [
        Rule.cardEmoji.finding(
          found.isEmpty ? "`\(emoji.value)` is not an emoji" : "`\(emoji.value)` is more than an emoji",
          help: found.isEmpty ? "Write the character itself, such as 💬." : "Keep `\(found)` alone.", at: emoji.place.value)
      ]
    })
}

extension Character {
  /// Whether this is drawn as a picture: by itself, by a variation selector, or as a sequence. Characters of the pictures' blocks
  /// that are newer than the system's tables count too.
  fileprivate var isEmoji: Bool {
    guard let first = unicodeScalars.first else { return false }
    if first.properties.isEmojiPresentation || (0x1F000...0x1FAFF).contains(first.value) { return true }
    // Digits and a few signs of prose are bases of emoji: alone they are what they look like.
    guard first.properties.isEmoji else { return false }
    return first.value > 0x2000 || unicodeScalars.contains { $0 == "\u{FE0F}" || $0 == "\u{20E3}" }
  }
}
