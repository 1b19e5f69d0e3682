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
      fleet.repeats { $0.description.lowercased() }.compactMap { earlier, later, id in
        guard let other = fleet.ids[earlier], other != id else { return nil }
        return Rule.addressCase.finding(
          "`\(id)` differs from `\(other)` only in letter case", help: "Choose names that differ in more.",
          at: fleet.spaces[later].namePlace.value,
          related: [RelatedSpan(span: fleet.spaces[earlier].namePlace.value, message: "the other one")])
      }
    })
}
