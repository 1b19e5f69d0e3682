import Diagnostics
import SpaceModel

extension Rule {
  static let movedFromDefined: Rule = Rule(
    "SF607", isStructural: true,
    summary: "A Space was moved from an address that is still defined, or that two Spaces claim.",
    explanation: """
      `moved_from` renames the Space that lies at the old address. Where a definition still holds that address, or a second \
      Space claims it, there would be two Spaces and one to make them of.
      """,
    failing: RuleExample("name: chat\nmoved_from: acme/talk\n", also: ["spaces/talk.space.yaml": "name: talk\n"]),
    passing: RuleExample("name: chat\nmoved_from: acme/talk\n"),
    check: .fleet { fleet in
      let moved = fleet.spaces.filter { $0.movedFrom != nil }
      guard !moved.isEmpty else { return [] }
      let defined = fleet.places { $0.baseID }
      var claimed: [SpaceID: SpaceDraft] = [:]
      var findings: [Finding] = []
      for space in moved {
        guard let from = space.movedFrom else { continue }
        if let other = defined[from.value].map({ fleet.spaces[$0] }) {
          let isItself = other.file == space.file
          findings.append(
            Rule.movedFromDefined.finding(
              isItself ? "`moved_from` is the Space's own address" : "`\(from.value)` is still defined in \(other.file)",
              help: isItself ? "Remove `moved_from`." : "Remove that definition, or `moved_from`.", at: from.place.value,
              related: isItself ? [] : [RelatedSpan(span: other.namePlace.value, message: "defined here")]))
        } else if let other = claimed[from.value] {
          findings.append(
            Rule.movedFromDefined.finding(
              "`\(from.value)` was moved to `\(other.name ?? other.file)` already", help: "Keep one of the two.",
              at: from.place.value,
              related: other.movedFrom.map { [RelatedSpan(span: $0.place.value, message: "claimed first here")] } ?? []))
        } else {
          claimed[from.value] = space
        }
      }
      return findings
    })
}
