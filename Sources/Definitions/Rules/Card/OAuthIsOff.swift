import Diagnostics

extension Rule {
  static let oauthIsOff: Rule = Rule(
    "SF210", severity: .warning,
    summary: "A key about sign-in stands in a card without `hf_oauth: true`.",
    explanation: """
      The Hub offers sign-in, and gives the app what it needs for it, only where `hf_oauth` is true. Of a card without a source \
      folder the rest is not known here, so only an `hf_oauth: false` counts.
      """,
    failing: RuleExample("name: chat\ncard:\n  hf_oauth: false\n  hf_oauth_scopes: [email]\n"),
    passing: RuleExample("name: chat\ncard:\n  hf_oauth: true\n  hf_oauth_scopes: [email]\n"),
    check: .space { space, _ in
      let about = keysAboutSignIn.compactMap { space.card[$0] }.filter { !$0.isNull }
      guard !about.isEmpty else { return [] }
      let signIn = space.card["hf_oauth"].flatMap { $0.isNull ? nil : $0 }
      if signIn.map({ $0.json != false }) ?? !space.hasWholeCard { return [] }
      return about.map { member in
        Rule.oauthIsOff.finding(
          "`\(member.written)` has no effect without `hf_oauth: true`", help: "Write `hf_oauth: true`, or remove the key.",
          at: member.place.key,
          related: signIn.map { [RelatedSpan(span: $0.place.value, message: "sign-in is off by this")] } ?? [])
      }
    })

  private static let keysAboutSignIn = CardKeys.frontMatter.names.filter { $0.hasPrefix("hf_oauth_") }
}
