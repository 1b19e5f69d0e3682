import Diagnostics

extension Rule {
  static let publicSecret: Rule = Rule(
    "SF409", severity: .warning, hidesText: true,
    summary: "A variable, which is public, has the name of a secret and a value.",
    explanation: """
      Everyone can read a Space's variables, and duplicating the Space copies them. A name that ends in KEY, TOKEN, SECRET or \
      PASSWORD with a value behind it belongs under `secrets`. References, numbers, paths, addresses and words such as `none` \
      are passed by, and names such as PUBLIC_KEY or EOS_TOKEN.
      """,
    failing: RuleExample("name: chat\nvariables: { SESSION_SECRET: correct-horse-battery }\n"),
    passing: RuleExample(
      "name: chat\nvariables: { MAX_TOKENS: \"4096\" }\nsecrets: { SESSION_SECRET: { env: SESSION_SECRET } }\n"),
    check: .space { space, _ in
      space.variables.compactMap { variable in
        guard SecretName.isSecret(variable.key), let value = variable.value.plain, SecretName.mayBeSecret(value),
          // A token is found as one.
          !SecretScanner.matches(in: Array(value.utf8)[...]).contains(where: { $0.certainty == .certain })
        else { return nil }
        return Rule.publicSecret.finding(
          "`\(variable.key)` has the name of a secret, and variables are public",
          help: "Move it to `secrets`: `\(variable.key): { env: \(variable.key) }`.", at: variable.place.value)
      }
    })
}

extension TemplateText {
  /// The text of a value without references.
  fileprivate var plain: String? {
    guard parts.count == 1, problems.isEmpty, case .text(let text) = parts[0] else { return nil }
    return text
  }
}
