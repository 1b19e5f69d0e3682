import Diagnostics
import SpaceModel

extension Rule {
  static let listensByDefault: Rule = Rule(
    "SF321", severity: .warning,
    summary: "The app's server is left where it listens by default, and the Hub does not reach it there.",
    explanation: """
      Most servers listen on 127.0.0.1, or on a port of their own, until they are told otherwise: uvicorn, gunicorn, hypercorn \
      and daphne on 127.0.0.1:8000, `flask run` on 127.0.0.1:5000, Streamlit on port 8501. The Hub calls from outside, and \
      calls `app_port`. A Gradio app that asks for 127.0.0.1 itself is found too. Where a configuration file or a variable may \
      say it, nothing is said here.
      """,
    failing: RuleExample(
      app: ["Dockerfile": "FROM python:3.12\nEXPOSE 7860\nCMD [\"uvicorn\", \"app:app\", \"--port\", \"7860\"]\n"],
      shown: "Dockerfile", space: "sdk: docker\n"),
    passing: RuleExample(
      app: [
        "Dockerfile":
          "FROM python:3.12\nEXPOSE 7860\nCMD [\"uvicorn\", \"app:app\", \"--host\", \"0.0.0.0\", \"--port\", \"7860\"]\n"
      ],
      shown: "Dockerfile", space: "sdk: docker\n"),
    check: .app { files, space, _ in
      if space.resolvedSDK == .gradio { return GradioAddress.finding(files, space) }
      guard let app = DockerApp(files, space), let called = app.port, let listening = app.listening else { return [] }
      let isUnreachable = listening.hostByDefault == .loopback
      let otherPort = listening.portByDefault.flatMap { $0 == called ? nil : $0 }
      guard isUnreachable || otherPort != nil else { return [] }
      let name = listening.server.name
      let message =
        if isUnreachable, let otherPort {
          "`\(name)` listens on 127.0.0.1:\(otherPort) until it is told otherwise, and \(app.called(called))"
        } else if let otherPort {
          "`\(name)` listens on port \(otherPort) until it is told otherwise, and \(app.called(called))"
        } else {
          "`\(name)` listens on 127.0.0.1 until it is told otherwise, and the Hub does not reach it there"
        }
      return [
        Rule.listensByDefault.finding(
          message, help: advice(listening.server, isUnreachable, otherPort == nil ? nil : called),
          at: app.text.span(listening.program.range(ofLast: listening.program.content.count)),
          related: otherPort == nil ? [] : app.portReason)
      ]
    })

  private static func advice(_ server: Server, _ host: Bool, _ port: Int?) -> String {
    if server.hasPositional {
      return "Add `\(host ? "0.0.0.0:" : "")\(port ?? DockerApp.standardPort)` to the command."
    }
    if let bind = server.binds.last(where: { $0.hasPrefix("--") && $0 != "--insecure-bind" }), server.hosts.isEmpty {
      return "Add `\(bind) 0.0.0.0:\(port ?? DockerApp.standardPort)` to the command."
    }
    var options: [String] = []
    if host, let option = server.hosts.last(where: { $0.hasPrefix("--") }) { options.append("\(option) 0.0.0.0") }
    if let port, let option = server.ports.last(where: { $0.hasPrefix("--") }) { options.append("\(option) \(port)") }
    return "Add `\(options.joined(separator: " "))` to the command."
  }
}

/// A Gradio app that listens on an address of its own container.
enum GradioAddress {
  static func finding(_ files: AppFiles, _ space: SpaceDraft) -> [Finding] {
    guard let app = AppFile(space), app.path.hasSuffix(".py"), let text = files.text(app.path),
      text.string.contains("server_name"),
      // An app that looks where it runs may choose the address by it.
      !text.string.contains("SPACE_"), let place = address(in: text)
    else { return [] }
    let span = text.span(place)
    return [
      Rule.listensByDefault.finding(
        "the app listens on \(text.text(place)) only, which the Hub does not reach",
        help: "Leave `server_name` out, or write `\"0.0.0.0\"`.", at: span)
    ]
  }

  /// The text after `server_name=`, when it is there once and says a loopback address.
  private static func address(in text: SourceText) -> Range<Int>? {
    var tokens = PythonTokens(text)
    var found: [Range<Int>?] = []
    while let token = tokens.next() {
      guard case .name("server_name", _) = token else { continue }
      guard case .mark(UInt8(ascii: "=")) = tokens.next(), case .text(let value?, let place) = tokens.next(),
        Listening.isLoopback(value)
      else {
        found.append(nil)
        continue
      }
      found.append(place)
    }
    return found.count == 1 ? found[0] : nil
  }
}
