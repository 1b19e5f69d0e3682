import Diagnostics
import SpaceModel

extension Rule {
  static let duplicateAddress: Rule = Rule(
    "SF601",
    summary: "Two definitions have the same address.",
    explanation: "Each Space is defined once. Two definitions would undo each other's changes at every apply.",
    failing: RuleExample("name: chat\n", also: ["spaces/talk.space.yaml": "name: chat\n"]),
    passing: RuleExample("name: chat\n", also: ["spaces/talk.space.yaml": "name: talk\n"]),
    check: .fleet { fleet in
      var first: [SpaceID: Int] = [:]
      var findings: [Finding] = []
      for (index, id) in fleet.ids.enumerated() {
        guard let id else { continue }
        guard let earlier = first[id] else {
          first[id] = index
          continue
        }
        let other = fleet.spaces[earlier]
        findings.append(
          Rule.duplicateAddress.finding(
            "the Space `\(id)` is already defined in \(other.file)", help: "Rename or remove one of the two.",
            at: fleet.spaces[index].namePlace.value,
            related: [RelatedSpan(span: other.namePlace.value, message: "defined first here")]))
      }
      return findings
    })
}
