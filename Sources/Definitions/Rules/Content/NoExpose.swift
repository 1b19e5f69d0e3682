extension Rule {
  static let noExpose: Rule = Rule(
    "SF306", severity: .warning,
    summary: "Nothing says which port a Docker Space's app listens on.",
    explanation: """
      The Hub calls `app_port`, 7860 when the card says none, whatever the app does. `EXPOSE` in the last stage, `app_port` in \
      the card, or the port in the command tells whoever reads the Dockerfile, and these rules, whether the two agree.
      """,
    failing: RuleExample(
      app: ["Dockerfile": "FROM python:3.12\nCOPY app.py .\nCMD [\"python\", \"app.py\"]\n", "app.py": "print()\n"],
      shown: "Dockerfile", space: "sdk: docker\n"),
    passing: RuleExample(
      app: [
        "Dockerfile": "FROM python:3.12\nCOPY app.py .\nEXPOSE 7860\nCMD [\"python\", \"app.py\"]\n", "app.py": "print()\n",
      ],
      shown: "Dockerfile", space: "sdk: docker\n"),
    check: .app { files, space, _ in
      guard let app = DockerApp(files, space), app.portPlace == nil, let called = app.port, app.exposed.isEmpty,
        app.listening?.ports.isEmpty ?? true, app.listening?.portByDefault == nil, let stage = app.dockerfile.stages.last
      else { return [] }
      return [
        Rule.noExpose.finding(
          "nothing says which port the app listens on; \(app.called(called))",
          help: "Write `EXPOSE \(called)` if it listens there, or declare `app_port`.", at: app.text.span(stage.place))
      ]
    })
}
