import Diagnostics

extension Rule {
  static let reservedKey: Rule = Rule(
    "SF404", severity: .warning,
    summary: "A variable or secret has a name that the Hub sets itself.",
    explanation: """
      The Hub puts `SPACE_ID`, `SPACE_HOST`, `CPU_CORES` and a few more into every Space, and the `OAUTH_` names where \
      `hf_oauth` is on. Which value wins is not documented.
      """,
    failing: RuleExample("name: chat\nvariables: { SPACE_HOST: example.org }\n"),
    passing: RuleExample("name: chat\nvariables: { PUBLIC_HOST: example.org }\n"),
    check: .space { space, _ in
      let keys = space.variables.map { ($0.key, $0.place) } + space.secrets.map { ($0.key, $0.place) }
      let hasSignIn = space.card["hf_oauth"]?.json == true
      return keys.compactMap { key, place in
        guard injected.contains(key) || hasSignIn && injectedForSignIn.contains(key) else { return nil }
        return Rule.reservedKey.finding("the Hub sets `\(key)` itself", help: "Choose another name.", at: place.key)
      }
    })

  private static let injected: Set<String> = [
    "ACCELERATOR", "CPU_CORES", "MEMORY", "SPACE_AUTHOR_NAME", "SPACE_REPO_NAME", "SPACE_TITLE", "SPACE_ID", "SPACE_HOST",
    "SPACE_CREATOR_USER_ID",
  ]
  private static let injectedForSignIn: Set<String> = [
    "OAUTH_CLIENT_ID", "OAUTH_CLIENT_SECRET", "OAUTH_SCOPES", "OPENID_PROVIDER_URL",
  ]
}
