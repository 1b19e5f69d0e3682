import Diagnostics

extension Rule {
  static let passwordInApp: Rule = Rule(
    "SF415", severity: .warning, hidesText: true,
    summary: "A file of an app has an address with a password in it.",
    explanation: """
      Whoever reads the Space's files can use the address. Read it from the environment, and declare it under `secrets`. \
      Passwords that everybody writes where none is meant, short ones, and addresses of the container itself are passed by.
      """,
    failing: RuleExample(
      app: ["index.html": "<p>Hello\n", "store.js": "connect(\"mysql://app:\(ExampleToken.password)@db.acme.com/app\");\n"],
      shown: "store.js", space: "sdk: static\n"),
    passing: RuleExample(
      app: ["index.html": "<p>Hello\n", "store.js": "connect(\"mysql://app:password@localhost/app\");\n"],
      shown: "store.js", space: "sdk: static\n"),
    check: .secret { match, text, origin in
      guard match.kind.family == .password, origin == .app, match.certainty == .certain, isDrawn(text.bytes[match.hidden]),
        !isAtHome(text.bytes[(match.range.upperBound + 1)...])
      else { return [] }
      return [
        Rule.passwordInApp.finding(
          "the address holds a password", help: "Read the address from the environment, and declare it under `secrets`.",
          at: text.span(match.hidden))
      ]
    })

  /// Long enough, and of more than letters.
  private static func isDrawn(_ password: ArraySlice<UInt8>) -> Bool {
    password.count >= 8 && password.contains { ByteSet.digits.contains($0) }
      && password.contains { ByteSet.letters.contains($0) }
      && !Placeholder.isLikely(password)
  }

  /// A host that only a developer's own machine has.
  private static func isAtHome(_ rest: ArraySlice<UInt8>) -> Bool {
    let host = String(decoding: rest.prefix { ByteSet.urlSafe.contains($0) || $0 == UInt8(ascii: ".") }, as: UTF8.self)
      .lowercased()
    return !host.contains(".") || host.hasPrefix("127.") || host.hasPrefix("0.0.0.0") || host.contains("example")
      || host.hasSuffix(".local") || host.hasSuffix(".test")
  }
}
