extension Rule {
  static let thumbnail: Rule = Rule(
    "SF222", severity: .warning,
    summary: "The thumbnail is not a web address.",
    explanation: """
      Other sites fetch the picture when they show a link to the Space, so `thumbnail` is a whole address: a path in the \
      Space's files leads nowhere from there.
      """,
    failing: RuleExample("name: chat\ncard: { thumbnail: images/preview.png }\n"),
    passing: RuleExample("name: chat\ncard: { thumbnail: \"https://example.org/preview.png\" }\n"),
    check: .space { space, _ in
      guard let picture = space.card["thumbnail"]?.text, !isWebAddress(picture.value) else { return [] }
      return [
        Rule.thumbnail.finding(
          "`\(picture.value)` is not a web address", help: "Write the whole address, beginning with `https://`.",
          at: picture.place.value)
      ]
    })

  private static func isWebAddress(_ text: String) -> Bool {
    for scheme in ["https://", "http://"] where text.lowercased().hasPrefix(scheme) {
      let host = text.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
      return !host.isEmpty && !text.contains(" ")
    }
    return false
  }
}
