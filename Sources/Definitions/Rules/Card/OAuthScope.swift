import Diagnostics
import SpaceModel

extension Rule {
  static let oauthScope: Rule = Rule(
    "SF208",
    summary: "A sign-in asks for a scope that the Hub does not have.",
    explanation: """
      `hf_oauth_scopes` says what a visitor is asked to allow. Every sign-in has `openid` and `profile`; the others are words out \
      of a closed list.
      """,
    failing: RuleExample("name: chat\ncard:\n  hf_oauth: true\n  hf_oauth_scopes: [email, read-repo]\n"),
    passing: RuleExample("name: chat\ncard:\n  hf_oauth: true\n  hf_oauth_scopes: [email, read-repos]\n"),
    check: .space { space, _ in
      guard let scopes = space.card["hf_oauth_scopes"] else { return [] }
      let known = CardReference.oauthScopes + CardReference.impliedOAuthScopes
      return scopes.texts.filter { !known.contains($0.value) }.map {
        Rule.oauthScope.finding(
          "`\($0.value)` is not a scope of the Hub",
          help: Suggestion.advice(for: $0.value, among: CardReference.oauthScopes), at: $0.place.value,
          fix: .letterCase(of: $0.value, at: $0.place.value, among: known))
      }
    })
}
