import SpaceModel

extension Rule {
  static let settingInFrontMatter: Rule = Rule(
    "SF216", severity: .warning,
    summary: "The front matter holds a key that assigns nothing.",
    explanation: """
      Hardware, sleep time, visibility, variables, secrets and the like are settings of the Space, and the Hub passes over them in \
      a README. In a definition they stand beside `card`. `suggested_storage` belongs to persistent disks, which the Hub no \
      longer has: volumes took their place. A secret in a README is public to all who may read the Space's files.
      """,
    failing: .frontMatter("hardware: t4-small\nsuggested_storage: small\n"),
    passing: .frontMatter("suggested_hardware: t4-small\n"),
    check: .space { space, _ in
      // Any other key of `card` itself is one that there is none of, which the reader says.
      let members = space.card.free + space.card.declared.filter { $0.hubName == "suggested_storage" && !$0.isExtra }
      return members.compactMap { member in
        guard let advice = SettingInFrontMatter.advice(on: member.hubName) else { return nil }
        let what = member.origin == .readme ? "front matter" : member.isExtra ? "`card.extra`" : "`card`"
        return Rule.settingInFrontMatter.finding(
          "`\(member.hubName)` in \(what) assigns nothing", help: advice, at: member.place.key,
          fix: member.hubName == "suggested_storage"
            ? .removingEntry(atKey: member.place.key, "remove `suggested_storage`") : nil)
      }
    })
}

/// What people write in front matter although it is a setting of the Space, or no longer anything.
enum SettingInFrontMatter {
  /// What to do about such a key; nil for any other.
  static func advice(on hubName: String) -> String? {
    switch hubName {
    case "suggested_storage": "Remove it."
    case "storage": "Remove it, and mount a bucket with `volumes` in the Space's definition."
    case "private": "Remove it, and declare `visibility` in the Space's definition."
    case "sdk", "card", "source": nil
    default: Setting[hubName].map { "Remove it, and declare `\($0.key)` in the Space's definition." }
    }
  }
}
