import Console
import Diagnostics
import Hub
import HubAPI
import Platform
import SpaceModel
import State

/// The Hub this run talks to.
enum HubAccess {
  /// A client with the token of the environment or the token file.
  /// - Parameter needsToken: fails at once when there is none, instead of at the first call.
  static func client(_ options: GlobalOptions, needsToken: Bool = true) throws(Failure) -> HubClient {
    let configuration = try HubConfiguration(
      environment: options.environment, home: FileManager.default.homeDirectoryForCurrentUser.path)
    if needsToken, configuration.token == nil, configuration.identityTokens == nil {
      if HubConfiguration.isTruthy(options.environment["SPACEFORM_OIDC"]) {
        throw Failure(
          doing: "looking for a token of \(configuration.endpoint)",
          problem: "SPACEFORM_OIDC gives none to a pull request, which anyone may open, and HF_TOKEN is not set",
          help: "Set HF_TOKEN to a read-only token for jobs of pull requests", status: .notAllowed)
      }
      throw Failure(
        doing: "looking for a token of \(configuration.endpoint)", problem: "there is none",
        help: "Set HF_TOKEN to a token of \(configuration.endpoint)/settings/tokens, or run `hf auth login`",
        status: .notAllowed)
    }
    let showsCurl = HubConfiguration.isTruthy(options.environment["HF_DEBUG"])
    guard showsCurl || (options.verbose && !options.quiet) else { return HubClient(configuration: configuration) }
    let style = options.errorStyle
    return HubClient(configuration: configuration) { call in
      let status = call.status.map(String.init) ?? "no answer"
      let id = call.requestID.map { " \($0)" } ?? ""
      let line = "  \(call.method) \(call.path) \(status) \(call.milliseconds) ms\(id)"
      Terminal.error(style.dim(showsCurl ? "  \(call.curl)\n\(line)" : line) + "\n")
    }
  }

  /// Refuses a lock that was made of another Hub or another project.
  /// - Parameter file: the lock's file name, for messages.
  static func check(_ lock: Lock?, file: String, endpoint: String, project: String) throws(Failure) {
    guard let lock else { return }
    let hub = Lock.hubName(forEndpoint: endpoint)
    guard lock.hub == hub else {
      throw Failure(
        doing: "comparing \(file) with the Hub",
        problem: "the lock is of the Hub \(lock.hub), and HF_ENDPOINT leads to \(hub)",
        help: "Set HF_ENDPOINT to the lock's Hub, or use another `--env` for this one", status: .stale)
    }
    guard lock.project == project else {
      throw Failure(
        doing: "comparing \(file) with the project",
        problem: "the lock is of the project \(lock.project), and this project is \(project)",
        help: "Set `project: \(lock.project)` in spaceform.yaml, or put the right lock here", status: .stale)
    }
  }
}

enum SystemClock {
  static let now: @Sendable () -> Timestamp = { Timestamp(seconds: Date().timeIntervalSince1970) }
}
