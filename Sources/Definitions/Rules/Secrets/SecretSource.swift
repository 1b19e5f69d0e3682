extension Rule {
  static let secretSource: Rule = Rule(
    "SF406",
    summary: "A secret has no source, or more than one.",
    explanation: "Exactly one of `env`, `file` and `command` says where the value comes from when apply runs.",
    failing: RuleExample("name: chat\nsecrets:\n  API_KEY: { env: API_KEY, file: secrets/api-key }\n"),
    passing: RuleExample("name: chat\nsecrets:\n  API_KEY: { env: API_KEY, version: 2 }\n"),
    check: .schema)
}
