import Diagnostics

extension Rule {
  static let exposedPort: Rule = Rule(
    "SF320", severity: .warning,
    summary: "The Dockerfile names other ports than the one the Hub calls.",
    explanation: """
      `EXPOSE`, or a variable `PORT`, says where the app will most likely listen, and the Hub calls `app_port`, 7860 when the \
      card says none. Where the command itself names the port, that counts instead.
      """,
    failing: RuleExample(
      app: [
        "Dockerfile": "FROM node:22\nCOPY server.js .\nEXPOSE 3000\nCMD [\"node\", \"server.js\"]\n", "server.js": "// …\n",
      ],
      shown: "Dockerfile", space: "sdk: docker\n"),
    passing: RuleExample(
      app: [
        "Dockerfile": "FROM node:22\nCOPY server.js .\nEXPOSE 3000\nCMD [\"node\", \"server.js\"]\n", "server.js": "// …\n",
      ],
      shown: "Dockerfile", space: "sdk: docker\ncard: { app_port: 3000, \(RuleExample.look) }\n"),
    check: .app { files, space, _ in
      guard let app = DockerApp(files, space), let called = app.port, app.listening?.ports.isEmpty ?? true,
        app.listening?.portByDefault == nil
      else { return [] }
      var named: [(ports: ClosedRange<Int>?, place: Range<Int>)] = app.exposed
      for name in ["PORT"] + (app.listening?.server.portVariables ?? []) {
        if let assigned = app.command?.assignments.last(where: { $0.name == name })?.value,
          let port = assigned.literal.flatMap({ Int($0) })
        {
          named.append((port...port, assigned.range))
        } else if let value = app.variable(name), let port = Int(value.text) {
          named.append((port...port, value.place))
        }
      }
      guard let first = named.first, named.allSatisfy({ $0.ports.map { !$0.contains(called) } ?? false }) else { return [] }
      let ports = named.compactMap { $0.ports.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" } }
      let unique = ports.enumerated().filter { ports.firstIndex(of: $1) == $0 }.map(\.element)
      return [
        Rule.exposedPort.finding(
          "the Dockerfile names port \(unique.joined(separator: " and ")), and \(app.called(called))",
          help: unique.count == 1
            ? "Write `app_port: \(unique[0])` in `card`, or let the app listen on \(called)."
            : "Declare the right one as `app_port` in `card`.",
          at: app.text.span(first.place), related: app.portReason)
      ]
    })
}
