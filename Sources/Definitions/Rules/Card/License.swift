import Diagnostics

extension Rule {
  static let license: Rule = Rule(
    "SF224", severity: .warning,
    summary: "The keys about the licence do not go together.",
    explanation: """
      `license: other` is for a licence that the Hub has no identifier for: `license_name` then says its name and `license_link` \
      where it is found. They are for no other identifier.
      """,
    failing: RuleExample("name: chat\ncard: { license: mit, license_name: acme-terms }\n"),
    passing: RuleExample("name: chat\ncard: { license: other, license_name: acme-terms }\n"),
    check: .space { space, _ in
      let license = space.card["license"]?.text
      if let license, license.value == "other" {
        guard space.hasWholeCard, space.card["license_name"]?.text == nil, let name = space.card["license"] else { return [] }
        return [
          Rule.license.finding(
            "`license: other` does not say which licence",
            help: "Add `\(name.spelled("license_name"))`, and `license_link` with the place of its text.",
            at: license.place.value)
        ]
      }
      // Without a source the identifier may stand in the README on the Hub.
      guard license != nil || space.hasWholeCard else { return [] }
      return ["license_name", "license_link"].compactMap { space.card[$0] }.filter { $0.text != nil }.map { member in
        Rule.license.finding(
          "`\(member.written)` is for `license: other` only", help: "Write `license: other`, or remove the key.",
          at: member.place.key, related: license.map { [RelatedSpan(span: $0.place.value, message: "the licence")] } ?? [])
      }
    })
}
