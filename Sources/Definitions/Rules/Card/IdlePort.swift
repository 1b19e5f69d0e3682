extension Rule {
  static let idlePort: Rule = Rule(
    "SF214", severity: .warning,
    summary: "A port is declared for a Space that is no Docker Space.",
    explanation: """
      `app_port` says where the app of a Docker Space listens. Elsewhere the Hub does not read the \
      key. One in `defaults` is meant for the Docker Spaces and passes the others by.
      """,
    failing: RuleExample("name: chat\nsdk: gradio\ncard: { app_port: 8080 }\n"),
    passing: RuleExample("name: chat\nsdk: docker\ncard: { app_port: 8080 }\n"),
    check: .space { space, _ in
      space.idle("app_port").map { [Rule.idlePort.finding(idle: $0, in: space)] } ?? []
    })
}
