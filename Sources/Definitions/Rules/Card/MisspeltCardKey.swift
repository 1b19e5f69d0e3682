import Diagnostics

extension Rule {
  static let misspeltCardKey: Rule = Rule(
    "SF206", severity: .warning,
    summary: "A front matter key looks like a misspelt one.",
    explanation: """
      The Hub passes over keys it does not know, so a misspelt one has no effect and no error. Its own spelling is not uniform: \
      `colorFrom` and `fullWidth`, but `app_file` and `short_description`. A definition's `card` has snake_case throughout.
      """,
    failing: .readme("---\ntitle: Chat\nemoji: 💬\ncolor_from: blue\ncolorTo: indigo\nsdk: static\n---\n"),
    passing: .readme("---\ntitle: Chat\nemoji: 💬\ncolorFrom: blue\ncolorTo: indigo\nsdk: static\n---\n"),
    check: .space { space, _ in
      space.card.free.compactMap { member in
        guard CardKeys.frontMatter[member.hubName] == nil else { return nil }
        let isThere = { (name: String) in space.card[name] != nil }
        if let meant = CardKeys.hubName(spelledLike: member.hubName) {
          return misspelt(member, meant, isThere: isThere(meant))
        }
        guard SettingInFrontMatter.advice(on: member.hubName) == nil,
          let meant = Suggestion.nearest(to: member.hubName, among: CardKeys.frontMatter.names), !isThere(meant)
        else { return nil }
        return Rule.misspeltCardKey.finding(
          "the Hub knows no key `\(member.hubName)`", help: help(member, meant, or: "Did you mean `\(meant)`?"),
          at: member.place.key)
      }
    })

  private static func misspelt(_ member: Card.Member, _ meant: String, isThere: Bool) -> Finding {
    let fix = Fix.replacing(member.hubName, at: member.place.key, by: meant)
    return Rule.misspeltCardKey.finding(
      "the Hub knows no key `\(member.hubName)`; it is spelt `\(meant)`",
      help: isThere ? "Remove it: `\(meant)` is there too." : help(member, meant, or: "Write `\(meant)`."),
      at: member.place.key, fix: isThere || member.isExtra ? nil : fix)
  }

  private static func help(_ member: Card.Member, _ meant: String, or otherwise: String) -> String {
    guard member.isExtra, let own = CardKeys.ownName(of: meant) else { return otherwise }
    return "Write `\(own)` in `card`, outside `extra`."
  }
}
