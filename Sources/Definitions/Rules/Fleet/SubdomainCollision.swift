import Diagnostics
import SpaceModel

extension Rule {
  static let subdomainCollision: Rule = Rule(
    "SF609", severity: .warning,
    summary: "Two Spaces would be served at one host name.",
    explanation: """
      A Space's host name is its owner and its name with a hyphen between them, in lower case, other signs as hyphens: \
      `acme/a-b` and `acme-a/b` have one between them. One of the two will answer at a host that nobody expects, and a \
      reference to its address is predicted wrongly until it exists.
      """,
    failing: RuleExample(
      "name: chat-eu\n", also: ["spaces/beta.space.yaml": "name: eu\nowner: acme-chat\n"]),
    passing: RuleExample(
      "name: chat-eu\n", also: ["spaces/beta.space.yaml": "name: us\nowner: acme-chat\n"]),
    check: .fleet { fleet in
      fleet.repeats(\.predictedSubdomain).compactMap { earlier, later, id in
        // One address twice, and addresses that differ in letter case only, have rules of their own.
        guard let other = fleet.ids[earlier], other.description.lowercased() != id.description.lowercased() else { return nil }
        let (first, second) = (fleet.spaces[earlier], fleet.spaces[later])
        // Static Spaces are served at names of another domain.
        guard first.isStatic == second.isStatic else { return nil }
        return Rule.subdomainCollision.finding(
          "`\(id)` and `\(other)` would both be served at \(id.predictedSubdomain)", help: "Rename one of the two.",
          at: second.namePlace.value, related: [RelatedSpan(span: first.namePlace.value, message: "the other one")])
      }
    })
}
