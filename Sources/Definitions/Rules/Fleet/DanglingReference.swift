import Diagnostics
import SpaceModel

extension Rule {
  static let danglingReference: Rule = Rule(
    "SF602", isStructural: true,
    summary: "A reference names a Space that is not defined.",
    explanation: """
      `${space.NAME.ATTRIBUTE}` and `depends_on` name Spaces of this project, by name or by owner/name as written without an \
      environment. For a Space defined elsewhere write the value itself.
      """,
    failing: RuleExample(
      "name: chat\nvariables:\n  BACKEND: ${space.backent.url}\n", also: ["spaces/backend.space.yaml": "name: backend\n"]),
    passing: RuleExample(
      "name: chat\nvariables:\n  BACKEND: ${space.backend.url}\n", also: ["spaces/backend.space.yaml": "name: backend\n"]),
    check: .space { space, fleet in
      space.mentions.compactMap { mention in
        guard case .none = fleet.names.find(mention.target) else { return nil }
        let isAddress = mention.target.contains("/")
        let known = isAddress ? fleet.spaces.compactMap { $0.baseID?.description } : fleet.names.known
        return Rule.danglingReference.finding(
          "no Space `\(mention.target)` is defined in this project",
          help: Suggestion.advice(
            for: mention.target, among: known, otherwise: "Define it, or write the value itself instead of the reference."),
          at: mention.span)
      }
    })
}
