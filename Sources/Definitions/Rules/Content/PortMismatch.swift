extension Rule {
  static let portMismatch: Rule = Rule(
    "SF305",
    summary: "The app listens on another port than the Hub calls.",
    explanation: """
      The Hub calls one port of a Docker Space: `app_port` of the card, 7860 when it says none. An app that listens elsewhere \
      starts, is never reached, and is stopped as unhealthy after half an hour. Only a port that the command of the last stage \
      names for a server this rule knows is judged.
      """,
    failing: RuleExample(
      app: [
        "Dockerfile":
          "FROM python:3.12\nEXPOSE 7860\nCMD [\"uvicorn\", \"app:app\", \"--host\", \"0.0.0.0\", \"--port\", \"8000\"]\n"
      ],
      shown: "Dockerfile", space: "sdk: docker\n"),
    passing: RuleExample(
      app: [
        "Dockerfile":
          "FROM python:3.12\nEXPOSE 7860\nCMD [\"uvicorn\", \"app:app\", \"--host\", \"0.0.0.0\", \"--port\", \"7860\"]\n"
      ],
      shown: "Dockerfile", space: "sdk: docker\n"),
    check: .app { files, space, _ in
      guard let app = DockerApp(files, space), let called = app.port, let said = app.listening?.port(otherThan: called) else {
        return []
      }
      return [
        Rule.portMismatch.finding(
          "the app listens on port \(said.value), and \(app.called(called))",
          help: "Write `app_port: \(said.value)` in `card`, or let the app listen on \(called).", at: app.text.span(said.place),
          related: app.portReason)
      ]
    })
}
