import Platform

/// Who this process is to others who want the same lease, from what CI systems say of their runs.
public struct RunIdentity: Hashable, Sendable {
  public var owner: String
  public var run: String?
  public var attempt: Int?
  public var page: String?

  public init(owner: String, run: String? = nil, attempt: Int? = nil, page: String? = nil) {
    self.owner = owner
    self.run = run
    self.attempt = attempt
    self.page = page
  }

  /// - Parameters:
  ///   - environment: `SPACEFORM_RUN_ID` and `SPACEFORM_RUN_ATTEMPT` name the run on any system; the variables of GitHub Actions and of
  ///     GitLab CI/CD are known. Of a person, the user's name and the machine's are told, as git does for one without an address.
  ///   - host: the machine's name.
  public init(environment: [String: String], host: String) {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    if let run = value("SPACEFORM_RUN_ID") {
      let attempt = value("SPACEFORM_RUN_ATTEMPT").flatMap(Int.init)
      self.init(owner: RunIdentity.text("run \(run)", attempt), run: run, attempt: attempt)
    } else if let run = value("GITHUB_RUN_ID"), let repository = value("GITHUB_REPOSITORY") {
      // One id for all attempts of a run, and an attempt begins when the one before is over.
      let attempt = value("GITHUB_RUN_ATTEMPT").flatMap(Int.init)
      self.init(
        owner: RunIdentity.text("\(repository), run \(run)", attempt), run: "github:\(repository)/\(run)", attempt: attempt,
        page: value("GITHUB_SERVER_URL").map { "\($0)/\(repository)/actions/runs/\(run)" })
    } else if let pipeline = value("CI_PIPELINE_ID"), let job = value("CI_JOB_ID").flatMap(Int.init),
      let project = value("CI_PROJECT_PATH")
    {
      // A job that is tried again keeps its pipeline and its name, and gets a higher number.
      self.init(
        owner: "\(project), job \(job)", run: "gitlab:\(project)/\(pipeline)/\(value("CI_JOB_NAME") ?? "")", attempt: job,
        page: value("CI_JOB_URL"))
    } else {
      let user = value("USER") ?? value("LOGNAME") ?? "somebody"
      let name = host.prefix { $0 != "." }
      self.init(owner: name.isEmpty ? user : "\(user)@\(name)")
    }
  }

  /// This machine's name.
  public static var host: String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "" }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func text(_ run: String, _ attempt: Int?) -> String { attempt.map { "\(run) (attempt \($0))" } ?? run }

  func holder(session: String) -> Lease.Holder {
    Lease.Holder(owner: owner, run: run, attempt: attempt, page: page, session: session)
  }
}
