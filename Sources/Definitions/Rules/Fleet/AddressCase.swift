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
      var first: [String: Int] = [:]
      var findings: [Finding] = []
      for (index, id) in fleet.ids.enumerated() {
        guard let id else { continue }
        let folded = id.description.lowercased()
        guard let earlier = first[folded] else {
          first[folded] = index
          continue
        }
        guard let other = fleet.ids[earlier], other != id else { continue }
        findings.append(
          Rule.addressCase.finding(
            "`\(id)` differs from `\(other)` only in letter case", help: "Choose names that differ in more.",
            at: fleet.spaces[index].namePlace.value,
            related: [RelatedSpan(span: fleet.spaces[earlier].namePlace.value, message: "the other one")]))
      }
      return findings
    })
}
