/// A web server that is started from a command line: how it is told where to listen, and what it does when it is not told.
struct Server: Sendable {
  let name: String
  /// What must be among the arguments before any of this holds: `run` of `flask run`.
  var verb: String?
  var hosts: [String] = []
  var ports: [String] = []
  /// Options with both, `HOST:PORT`.
  var binds: [String] = []
  /// Arguments without an option that say where: a port, or `HOST:PORT`.
  var hasPositional = false
  /// Variables that say it too.
  var hostVariables: [String] = []
  var portVariables: [String] = []
  /// Where it listens when nothing is said; nil where versions differ.
  var host: Host?
  var port: Int?
  /// Options and files that may say it in another place.
  var elsewhere: [String] = []
  var files: [String] = []

  enum Host: Sendable, Hashable {
    case loopback
    case everywhere
  }

  static func named(_ program: String) -> Server? { all[program] }

  private static let all = Dictionary(
    [
      Server(
        name: "uvicorn", hosts: ["--host"], ports: ["--port"], hostVariables: ["UVICORN_HOST"], portVariables: ["UVICORN_PORT"],
        host: .loopback, port: 8000, elsewhere: ["--uds", "--fd"]),
      Server(
        name: "gunicorn", binds: ["-b", "--bind"], hostVariables: ["GUNICORN_CMD_ARGS", "PORT"],
        portVariables: ["GUNICORN_CMD_ARGS", "PORT"], host: .loopback, port: 8000, elsewhere: ["-c", "--config"],
        files: ["gunicorn.conf.py"]),
      Server(
        name: "hypercorn", binds: ["-b", "--bind", "--insecure-bind"], host: .loopback, port: 8000,
        elsewhere: ["-c", "--config", "--quic-bind"]),
      Server(
        name: "flask", verb: "run", hosts: ["--host", "-h"], ports: ["--port", "-p"], hostVariables: ["FLASK_RUN_HOST"],
        portVariables: ["FLASK_RUN_PORT"], host: .loopback, port: 5000, elsewhere: ["-e", "--env-file"], files: [".flaskenv"]),
      Server(
        name: "streamlit", verb: "run", hosts: ["--server.address"], ports: ["--server.port"],
        hostVariables: ["STREAMLIT_SERVER_ADDRESS"], portVariables: ["STREAMLIT_SERVER_PORT"], host: .everywhere, port: 8501,
        files: [".streamlit/config.toml"]),
      Server(
        name: "fastapi", verb: "run", hosts: ["--host"], ports: ["--port"], portVariables: ["PORT"], host: .everywhere,
        port: 8000),
      Server(
        name: "daphne", hosts: ["-b", "--bind"], ports: ["-p", "--port"], host: .loopback, port: 8000,
        elsewhere: ["-u", "-e", "--fd", "--endpoint", "--unix-socket"]),
      Server(
        name: "waitress-serve", hosts: ["--host"], ports: ["--port"], binds: ["--listen"], host: .everywhere, port: 8080,
        elsewhere: ["--unix-socket"]),
      Server(name: "chainlit", verb: "run", hosts: ["--host"], ports: ["--port"], portVariables: ["CHAINLIT_PORT"], port: 8000),
      Server(name: "manage.py", verb: "runserver", hasPositional: true, host: .loopback, port: 8000),
      Server(
        name: "http.server", hosts: ["-b", "--bind"], hasPositional: true, host: .everywhere, port: 8000,
        elsewhere: ["-d", "--directory"]),
    ].map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}
