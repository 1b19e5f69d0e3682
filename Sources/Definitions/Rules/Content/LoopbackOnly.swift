import Diagnostics

extension Rule {
  static let loopbackOnly: Rule = Rule(
    "SF307",
    summary: "The app listens where only its own container reaches it.",
    explanation: """
      127.0.0.1 and localhost are the container's own addresses: the Hub's calls come from outside and find nobody. The app \
      looks well in its log, and the Space never starts. Listen on 0.0.0.0.
      """,
    failing: RuleExample(
      app: ["Dockerfile": "FROM python:3.12\nEXPOSE 7860\nCMD uvicorn app:app --host 127.0.0.1 --port 7860\n"],
      shown: "Dockerfile", space: "sdk: docker\n"),
    passing: RuleExample(
      app: ["Dockerfile": "FROM python:3.12\nEXPOSE 7860\nCMD uvicorn app:app --host 0.0.0.0 --port 7860\n"],
      shown: "Dockerfile", space: "sdk: docker\n"),
    check: .app { files, space, _ in
      guard let app = DockerApp(files, space), let said = app.listening?.loopback else { return [] }
      let span = app.text.span(said.place)
      let isWhole = app.text.text(said.place) == said.value
      return [
        Rule.loopbackOnly.finding(
          "the app listens on \(said.value) only, which the Hub does not reach", help: "Write `0.0.0.0`.", at: span,
          fix: isWhole ? Fix("listen on 0.0.0.0", edits: [Fix.Edit(span, replacement: "0.0.0.0")]) : nil)
      ]
    })
}
