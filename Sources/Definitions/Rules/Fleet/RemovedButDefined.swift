import Diagnostics
import SpaceModel

extension Rule {
  static let removedButDefined: Rule = Rule(
    "SF606", isStructural: true,
    summary: "A Space is defined and removed at once.",
    explanation: "`removed` is for Spaces whose definition is gone. Remove the definition, or the entry.",
    failing: RuleExample(
      project: RuleExample.plainProject + "removed: [{ space: acme/chat, destroy: true }]\n",
      also: ["spaces/chat.space.yaml": "name: chat\n"]),
    passing: RuleExample(
      project: RuleExample.plainProject + "removed: [{ space: acme/old-chat, destroy: true }]\n",
      also: ["spaces/chat.space.yaml": "name: chat\n"]),
    check: .fleet { fleet in
      guard !fleet.project.removed.isEmpty else { return [] }
      let defined = fleet.places { $0.id }
      return fleet.project.removed.compactMap { removal in
        guard let space = defined[removal.value.space].map({ fleet.spaces[$0] }) else { return nil }
        return Rule.removedButDefined.finding(
          "`\(removal.value.space)` is still defined in \(space.file)", help: "Remove the definition, or this entry.",
          at: removal.place.value, related: [RelatedSpan(span: space.namePlace.value, message: "defined here")])
      }
    })
}
