import Diagnostics

extension Rule {
  static let bareCard: Rule = Rule(
    "SF223", severity: .warning,
    summary: "A card has no emoji or no colours.",
    explanation: """
      They are what a Space is recognised by in the Hub's lists. Of a card without a source folder the rest is not known here: it \
      is laid over the README that lies on the Hub.
      """,
    failing: .readme("---\ntitle: Chat\nsdk: static\n---\n# Chat\n"),
    passing: .readme("---\ntitle: Chat\nemoji: 💬\ncolorFrom: blue\ncolorTo: indigo\nsdk: static\n---\n# Chat\n"),
    check: .space { space, _ in
      guard space.hasWholeCard, let place = space.cardSpan else { return [] }
      let missing = ["emoji", "colorFrom", "colorTo"].filter { space.card[$0].map(\.isNull) ?? true }
      // One that is there in another spelling is a misspelt one.
      let others = missing.isEmpty ? [] : Set(space.card.free.compactMap { CardKeys.hubName(spelledLike: $0.hubName) })
      let names = missing.filter { !others.contains($0) || space.card[$0] != nil }
        .map { space.cardPlace == nil ? $0 : CardKeys.ownName(of: $0) ?? $0 }
      guard !names.isEmpty else { return [] }
      return [
        Rule.bareCard.finding(
          "the card has no \(names.listed)", help: "Add \(names.map { "`\($0)`" }.joined(separator: ", ")).", at: place)
      ]
    })
}

extension SpaceDraft.Contents {
  /// Where the card is declared, as near to the Space as it is: a card of defaults is every Space's. Nil where there is none.
  fileprivate var cardSpan: SourceSpan? {
    if let cardPlace { return cardPlace.isDefault ? namePlace.value : cardPlace.key }
    // Where there is a block that could not be read, that is said, and nobody knows what is in it.
    guard let readme, readme.flaw == nil, !readme.isUnreadable else { return nil }
    return card.readme.first?.place.key ?? SourceSpan(file: readme.file)
  }
}
