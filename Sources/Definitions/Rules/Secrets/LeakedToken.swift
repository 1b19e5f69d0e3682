import Diagnostics

extension Rule {
  static let leakedToken: Rule = Rule(
    "SF407",
    summary: "A token stands in a file.",
    explanation: """
      Tokens of Hugging Face, GitHub, GitLab, npm, PyPI, AWS, Google, OpenAI, Anthropic, Slack, Stripe and more are known by \
      their form, and by their checksum where they have one. What is committed or published with a Space is known to \
      everyone who can read it, for ever: revoke the token where it was issued, and declare its successor under `secrets`. \
      Made-up ones, as documentation has them, are passed by.
      """,
    failing: RuleExample(
      app: ["index.html": "<p>Hello\n", "call.js": "const token = \"\(ExampleToken.huggingFace)\";\n"], shown: "call.js",
      space: "sdk: static\n"),
    passing: RuleExample(
      app: ["index.html": "<p>Hello\n", "call.js": "const token = prompt(\"Your token, hf_xxx\");\n"], shown: "call.js",
      space: "sdk: static\n"),
    check: .secret { match, text, _ in
      guard match.kind.family == .token, match.certainty == .certain else { return [] }
      return [
        Rule.leakedToken.finding(
          "\(match.kind.name) stands in the file",
          help: "Revoke it where it was issued, and declare a new one under `secrets` with `env`, `file` or `command`.",
          at: text.span(match.range))
      ]
    })
}
