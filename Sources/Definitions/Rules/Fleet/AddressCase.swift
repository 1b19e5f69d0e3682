import Diagnostics
import SpaceModel

extension Rule {
  static let addressCase: Rule = Rule(
    "SF608", severity: .warning,
    summary: "Two addresses differ only in letter case.",
    explanation: """
      Host names do not know letter case, so both Spaces would be served at one host name, and whether the Hub tells their \
      addresses apart is not documented.
      """,
    failing: RuleExample("name: chat\n", also: ["spaces/talk.space.yaml": "name: Chat\n"]),
    passing: RuleExample("name: chat\n", also: ["spaces/talk.space.yaml": "name: talk\n"]),
    check: .fleet { fleet in
      var first: [String: SpaceDraft] = [:]
      return fleet.spaces.compactMap { space in
        guard let id = space.id else { return nil }
        let folded = id.description.lowercased()
        guard let other = first[folded] else {
          first[folded] = space
          return nil
        }
        guard other.id != id else { return nil }
        return Rule.addressCase.finding(
          "`\(id)` differs from `\(other.id?.description ?? "")` only in letter case",
          help: "Choose names that differ in more.",
          at: space.namePlace.value, related: [RelatedSpan(span: other.namePlace.value, message: "the other one")])
      }
    })
}
