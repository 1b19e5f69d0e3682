import Diagnostics

extension Rule {
  static let ambiguousReference: Rule = Rule(
    "SF603", isStructural: true,
    summary: "A reference names more than one Space.",
    explanation: "Spaces of two owners share the name. Name the owner too: `${space[\"owner/name\"].url}`.",
    failing: RuleExample(
      "name: chat\ndepends_on: [backend]\n",
      also: [
        "spaces/a.space.yaml": "name: backend\nowner: acme\n", "spaces/b.space.yaml": "name: backend\nowner: acme-labs\n",
      ]),
    passing: RuleExample(
      "name: chat\ndepends_on: [acme-labs/backend]\n",
      also: [
        "spaces/a.space.yaml": "name: backend\nowner: acme\n", "spaces/b.space.yaml": "name: backend\nowner: acme-labs\n",
      ]),
    check: .space { space, fleet in
      space.mentions.compactMap { mention in
        guard case .several(let found) = fleet.names.find(mention.target) else { return nil }
        let addresses = found.compactMap { fleet.spaces[$0].baseID?.description }
        return Rule.ambiguousReference.finding(
          "more than one Space is named `\(mention.target)`",
          help: addresses.isEmpty ? "Give each an owner, and name the owner too." : "Write \(addresses.listed).",
          at: mention.span,
          related: found.map { RelatedSpan(span: fleet.spaces[$0].namePlace.value, message: "one of them") })
      }
    })
}
