import Diagnostics

extension Rule {
  static let leakedPrivateKey: Rule = Rule(
    "SF408",
    summary: "A private key stands in a file.",
    explanation: """
      Whoever reads the repository, or the Space, has the key. Replace the pair, and give the app the new key as a secret.
      """,
    failing: RuleExample(
      app: ["index.html": "<p>Hello\n", "deploy.key": ExampleToken.privateKey], shown: "deploy.key", space: "sdk: static\n"),
    passing: RuleExample(
      app: ["index.html": "<p>Hello\n", "keys.md": "A key begins with `-----BEGIN PRIVATE KEY-----`.\n"], shown: "keys.md",
      space: "sdk: static\n"),
    check: .secret { match, text, _ in
      guard match.kind.family == .privateKey, match.certainty == .certain else { return [] }
      return [
        Rule.leakedPrivateKey.finding(
          "a private key stands in the file", help: "Replace the key pair, and give the app the new key under `secrets`.",
          at: text.span(match.range.lowerBound..<match.hidden.lowerBound))
      ]
    })
}
