extension Rule {
  static let frontMatterForm: Rule = Rule(
    "SF204",
    summary: "A README's front matter is not a mapping of keys between two lines of dashes.",
    explanation: """
      The Hub reads the card from the lines between a first line of `---` and the next one. A block without an end, or with \
      blanks beside its dashes, is not found at all: its keys are shown as text, and the Space has no card. A block that is a list \
      or a text is refused.
      """,
    failing: .readme("---\ntitle: Chat\nemoji: 💬\ncolorFrom: blue\ncolorTo: indigo\nsdk: static\n\n# Chat\n"),
    passing: .readme("---\ntitle: Chat\nemoji: 💬\ncolorFrom: blue\ncolorTo: indigo\nsdk: static\n---\n\n# Chat\n"),
    check: .space { space, _ in space.readme?.flaw.map { [$0] } ?? [] })
}
