import CI
import CodeHosts
import Console
import Diagnostics
import Files
import Git
import Platform
import Reports
import SpaceModel

/// One job: what was detected, and the ways to say something.
struct CIJob: Sendable {
  let environment: CIEnvironment
  let options: GlobalOptions
  let isDry: Bool
  let posts: Bool

  init(_ options: GlobalOptions, _ ci: CIOptions) {
    environment = CIEnvironment(environment: options.environment) { path in
      guard let bytes = try? AtomicFile.read(path) else { return nil }
      return try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))
    }
    self.options = options
    isDry = ci.dryRun
    posts = ci.post
    options.note(environment.explanation)
  }

  /// A pull request of somebody else's repository: there are no secrets, and nothing may be posted.
  var isFromFork: Bool { environment.change?.isFromFork ?? false }

  /// The names of the project, for texts.
  func context(_ folder: ProjectFolder, project: String) throws(Failure) -> JobContext {
    let place = try GitRepository.open(containing: folder.path)?.path(of: folder.path)
    return JobContext(
      environment: environment, project: project, folder: place ?? ".", environmentName: folder.environmentName)
  }

  /// Lets git reach GitHub with the job's token where the checkout left none behind: git processes of this run get it, and no file.
  func lendTokenToGit() throws(Failure) {
    let words = options.environment
    guard environment.system == .github, !isFromFork, let server = words["GITHUB_SERVER_URL"], !server.isEmpty,
      let token = ["GITHUB_TOKEN", "GH_TOKEN"].lazy.compactMap({ words[$0] }).first(where: { !$0.isEmpty }).map(Secret.init),
      let configuration = try GitRepository.open(containing: options.directory)?.configuration(),
      configuration.value(GitCredentials.key(server: server)) == nil
    else { return }
    if !isDry { GitCredentials.word(token: token).reveal { Terminal.output(JobOutput.mask($0)) } }
    for (name, value) in GitCredentials.variables(server: server, token: token, beside: words) {
      setEnvironmentVariable(name, value)
    }
  }

  // MARK: Results

  /// Leaves values for later steps.
  func output(_ values: [(name: String, value: String)]) throws(Failure) {
    if isDry {
      for (name, value) in values { Terminal.output("output \(name)=\(Printable.text(value))\n") }
    } else if let file = environment.outputFile {
      try AppendedFile.append(JobOutput.text(values), to: file)
    }
  }

  /// Shows Markdown on the page of the run.
  func summarise(_ markdown: String) throws(Failure) {
    if isDry {
      Terminal.output("--- the summary of the job ---\n\(markdown)\n")
    } else if let file = environment.summaryFile {
      try AppendedFile.append(markdown + "\n", to: file)
    }
  }

  /// Has the runner mask the tokens that this process knows, wherever a later line of the log shows them.
  func maskTokens() {
    guard environment.system == .github, !isDry else { return }
    for name in ["HF_TOKEN", "SPACEFORM_BOOTSTRAP_TOKEN", "SPACEFORM_LOCK_KEY"] {
      if let value = options.environment[name], !value.isEmpty { Terminal.output(JobOutput.mask(value)) }
    }
  }

  // MARK: Posting

  /// The code host; nil when there is none to post to, and then the log says why.
  func posting() throws(Failure) -> Posting? {
    guard posts, !isDry else { return nil }
    guard let api = environment.api, let repository = environment.repository else {
      options.note("Nothing is posted: \(environment.system.name) is not a code host.")
      return nil
    }
    if isFromFork {
      options.note("Nothing is posted: a job for a fork may not write.")
      return nil
    }
    let names = environment.system == .github ? ["GITHUB_TOKEN", "GH_TOKEN"] : ["SPACEFORM_GITLAB_TOKEN", "GITLAB_TOKEN"]
    guard let token = names.lazy.compactMap({ options.environment[$0] }).first(where: { !$0.isEmpty }) else {
      options.note("Nothing is posted: \(names[0]) is not set.")
      return nil
    }
    let sleep: @Sendable (Double) async -> Void = { try? await Task.sleep(for: .milliseconds(Int($0 * 1000))) }
    let secret = Secret(token)
    let others = (options.environment["SPACEFORM_CI_AUTHORS"] ?? "").split(separator: ",").map {
      String($0.drop { $0 == " " })
    }
    return Posting(
      environment.system == .github
        ? try GitHub(api: api, repository: repository, token: secret, environment: options.environment, sleep: sleep)
        : try GitLab(api: api, project: repository, token: secret, environment: options.environment, sleep: sleep),
      others: Set(others))
  }

  /// Posts something that the run does not hang on: when that fails, the log says so and the job goes on.
  func post(_ what: String, _ body: (Posting) async throws -> Posting.Outcome) async {
    do {
      guard let posting = try posting() else { return }
      let outcome = try await body(posting)
      switch outcome {
      case .none: return
      case .addedAsStranger(let author):
        warn(
          "\(what) was added by \(Printable.text(author)), and the next run would not know it again: "
            + "set SPACEFORM_CI_AUTHORS to that name.")
      default: options.note("\(what): \(outcome).")
      }
    } catch let failure as Failure {
      warn("\(what) is not posted: " + FailureText.text(failure, style: .plain))
    } catch {
      warn("\(what) is not posted: \(error)")
    }
  }

  private func warn(_ text: String) { Terminal.error(text.hasSuffix("\n") ? text : text + "\n") }
}
