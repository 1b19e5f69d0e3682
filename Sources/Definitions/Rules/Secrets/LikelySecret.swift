import Diagnostics

extension Rule {
  static let likelySecret: Rule = Rule(
    "SF411", severity: .warning, isOnByDefault: false, hidesText: true,
    summary: "A file of an app gives a value that looks random to a name that looks secret.",
    explanation: """
      A guess, off until it is asked for with `--extend-select SF411`: a text of 16 characters or more, of several sorts and \
      in no order, behind a name that ends in KEY, TOKEN, SECRET or PASSWORD. Hashes and identifiers look the same.
      """,
    failing: RuleExample(
      app: [
        "index.html": "<p>Hello\n", "app.js": "const apiKey = \"\(ExampleToken.body(28, from: "QwErTyUi0p1sDf9hJ7Lz"))\";\n",
      ],
      shown: "app.js", space: "sdk: static\n"),
    passing: RuleExample(
      app: ["index.html": "<p>Hello\n", "app.js": "const apiKey = \"see the settings page\";\n"], shown: "app.js",
      space: "sdk: static\n"),
    check: .appFile { _, text, _ in
      guard let text else { return [] }
      return Assignments(text).all.compactMap { name, value in
        guard SecretName.isSecret(SecretName.split(text.text(name))), isRandom(text.bytes[value]) else { return nil }
        return Rule.likelySecret.finding(
          "`\(text.text(name))` gets a value that looks like a secret",
          help: "Read it from the environment, and declare it under `secrets`.", at: text.span(value))
      }
    })

  private static func isRandom(_ value: ArraySlice<UInt8>) -> Bool {
    let sorts = [ByteSet.lower, .upper, .digits].count { set in value.contains { set.contains($0) } }
    return value.count >= 16 && value.count <= 200 && sorts >= 2 && value.contains { ByteSet.digits.contains($0) }
      && value.allSatisfy { (ByteSet.base64 + ByteSet("-_=.")).contains($0) } && !Placeholder.isLikely(value)
  }
}
