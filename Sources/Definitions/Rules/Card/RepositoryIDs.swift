import Diagnostics
import SpaceModel

extension Rule {
  static let repositoryIDs: Rule = Rule(
    "SF221", severity: .warning,
    summary: "A model or dataset of the card is not a repository's id.",
    explanation: """
      The Hub links a Space with what `models`, `datasets` and `duplicated_from` name: `owner/name`, or a bare name for the Hub's \
      oldest models. A web address or a title links nothing.
      """,
    failing: RuleExample("name: chat\ncard:\n  models: [https://huggingface.co/acme/chat-7b]\n"),
    passing: RuleExample("name: chat\ncard:\n  models: [acme/chat-7b]\n"),
    check: .space { space, _ in
      var named: [Placed<String>] = []
      for key in ["models", "datasets"] { named += space.card[key]?.texts ?? [] }
      if let origin = space.card["duplicated_from"]?.text { named.append(origin) }
      return named.filter { !SpaceID.isRepository($0.value) }.map {
        Rule.repositoryIDs.finding(
          "`\($0.value)` is not a repository's id", help: "Write `owner/name`, without the Hub's address.", at: $0.place.value)
      }
    })
}
