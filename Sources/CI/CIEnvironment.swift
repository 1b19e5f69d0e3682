import SpaceModel

/// What a job's environment says about it: where it runs, for what, and where its results go.
///
/// GitHub's variables and its event file are described under "Variables" and "Webhook events" of GitHub's documentation of Actions,
/// GitLab's under "Predefined CI/CD variables reference".
public struct CIEnvironment: Hashable, Sendable {
  /// A pull request or a merge request.
  public struct ChangeRequest: Hashable, Sendable {
    public var number: Int
    /// It comes from a repository of somebody else, so that the job has no secrets.
    public var isFromFork: Bool
    /// It was merged or given up, and the job is about that.
    public var isClosed: Bool
    /// A commit of the branch that it is to be merged into.
    public var base: String?

    public init(number: Int, isFromFork: Bool, isClosed: Bool = false, base: String? = nil) {
      self.number = number
      self.isFromFork = isFromFork
      self.isClosed = isClosed
      self.base = base
    }
  }

  public var system: CISystem
  /// `owner/name` on GitHub, the project's number on GitLab.
  public var repository: String?
  /// Set in a job for one.
  public var change: ChangeRequest?
  /// The commit that the job is about: of a change request its own newest one, not the trial merge.
  public var revision: String?
  /// The page of the job or its run.
  public var page: String?
  /// The base of the code host's programming interface.
  public var api: String?
  /// Where steps leave results for later steps (GitHub's `GITHUB_OUTPUT`).
  public var outputFile: String?
  /// Markdown that the run's page shows (GitHub's `GITHUB_STEP_SUMMARY`).
  public var summaryFile: String?

  public init(system: CISystem) { self.system = system }

  /// - Parameters:
  ///   - environment: the process's variables.
  ///   - read: reads a file, for the event that GitHub describes in one.
  public init(environment: [String: String], read: (String) -> JSONValue?) {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    if value("GITHUB_ACTIONS") == "true" {
      self.init(github: value, event: value("GITHUB_EVENT_PATH").flatMap(read))
    } else if value("GITLAB_CI") == "true" {
      self.init(gitlab: value)
    } else {
      self.init(system: .other)
      revision = nil
    }
  }

  private init(github value: (String) -> String?, event: JSONValue?) {
    self.init(system: .github)
    repository = value("GITHUB_REPOSITORY")
    revision = value("GITHUB_SHA")
    api = value("GITHUB_API_URL")
    outputFile = value("GITHUB_OUTPUT")
    summaryFile = value("GITHUB_STEP_SUMMARY")
    if let server = value("GITHUB_SERVER_URL"), let repository, let run = value("GITHUB_RUN_ID") {
      page = "\(server)/\(repository)/actions/runs/\(run)"
    }
    guard let request = event?["pull_request"], let number = request["number"]?.intValue else { return }
    let head = request["head"]
    // The head's repository is null once a fork is deleted: that is somebody else's too.
    change = ChangeRequest(
      number: number, isFromFork: head?["repo"]?["full_name"]?.stringValue != repository,
      isClosed: event?["action"]?.stringValue == "closed", base: request["base"]?["sha"]?.stringValue)
    revision = head?["sha"]?.stringValue ?? revision
  }

  private init(gitlab value: (String) -> String?) {
    self.init(system: .gitlab)
    repository = value("CI_PROJECT_ID")
    revision = value("CI_COMMIT_SHA")
    api = value("CI_API_V4_URL")
    page = value("CI_JOB_URL")
    guard let number = value("CI_MERGE_REQUEST_IID").flatMap(Int.init) else { return }
    let source = value("CI_MERGE_REQUEST_SOURCE_PROJECT_ID")
    change = ChangeRequest(
      number: number, isFromFork: source != value("CI_MERGE_REQUEST_PROJECT_ID") || source == nil,
      base: value("CI_MERGE_REQUEST_DIFF_BASE_SHA"))
    // In a pipeline of merged results the commit is a trial merge.
    revision = value("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA") ?? revision
  }
}

extension CIEnvironment {
  /// What a change request is called here, with its number.
  public var changeName: String? {
    guard let change else { return nil }
    switch system {
    case .github: return "pull request #\(change.number)"
    case .gitlab: return "merge request !\(change.number)"
    case .other: return "change \(change.number)"
    }
  }

  /// One sentence for people: what was recognised.
  public var explanation: String {
    guard system != .other else {
      return "Neither GitHub Actions nor GitLab CI/CD: results go to the terminal, and nothing is posted."
    }
    var text = system.name
    if let changeName { text += ", \(changeName)" }
    if change?.isFromFork == true { text += " from a fork" }
    if let revision { text += ", commit \(revision.prefix(12))" }
    return text + "."
  }
}
