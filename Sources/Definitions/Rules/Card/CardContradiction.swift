import Diagnostics
import SpaceModel

extension Rule {
  static let cardContradiction: Rule = Rule(
    "SF201", severity: .warning,
    summary: "The definition and the source's README say different things.",
    explanation: """
      The definition wins: its card is laid over the README's front matter, and its `sdk` over the README's. But whoever \
      reads the README is told something else. Say it in one place.
      """,
    failing: RuleExample(
      "name: chat\nsource: { path: apps/chat }\ncard: { title: Chat }\n",
      also: ["apps/chat/README.md": "---\ntitle: Old chat\nsdk: docker\n---\n# Chat\n"]),
    passing: RuleExample(
      "name: chat\nsource: { path: apps/chat }\ncard: { title: Chat, emoji: 💬, color_from: blue, color_to: indigo }\n",
      also: ["apps/chat/README.md": "---\nsdk: docker\n---\n# Chat\n"]),
    check: .space { space, _ in
      guard let readme = space.readme else { return [] }
      var findings: [Finding] = []
      func note(_ key: String, _ written: String, _ span: SourceSpan) {
        findings.append(
          Rule.cardContradiction.finding(
            "`\(written)` differs from `\(key)` in \(readme.file)", help: "Keep it in one of the two; the definition wins.",
            at: span,
            related: readme.places[key].map { [RelatedSpan(span: $0, message: "the README says this")] } ?? []))
      }
      if let sdk = space.sdk, let other = readme.sdk, sdk.value != other { note("sdk", "sdk", sdk.place.value) }
      for member in space.card.declared {
        guard let other = readme.members[member.hubName], other != member.json else { continue }
        note(member.hubName, member.written, member.place.value)
      }
      return findings
    })
}
