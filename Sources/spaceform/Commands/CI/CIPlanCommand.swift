import ArgumentParser
import CI
import Console
import Definitions
import Diagnostics
import Files
import Hub
import Platform
import Reconciler
import Reports
import SpaceModel

/// `spaceform ci plan`: the plan of a change request, where its reviewers read it.
struct CIPlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Plan, and show the plan on the pull or merge request.",
    discussion: """
      Keeps one comment on the change request up to date, and writes the plan to a file for `spaceform show` and, as HTML, for
      reading. On GitHub what changes is also said beside the lines of the definitions. A read-only token is enough.

      In a job for a fork, and wherever there is no token, the plan is made offline, against the lock alone, and says so.

      Leaves for later steps: changes (how many Spaces), destroys, monthly-usd-delta, plan-path.

      Exit status 0; 3 when the definitions have errors; 1 or 4 when a part of the plan is blocked.
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var flags: PlanFlags
  @OptionGroup var ci: CIOptions

  @Option(
    help: ArgumentHelp("Write plan.json and plan.html into this folder.", valueName: "dir"), completion: .directory)
  var outDir: String?

  func run() async throws {
    let job = CIJob(options, ci)
    job.maskTokens()
    try job.lendTokenToGit()
    let folder = try ProjectFolder(options)
    try await stopAtErrors(job, folder)
    let project = try await Project.load(options, revision: flags.revision, readsAllFiles: false)
    let context = try job.context(folder, project: project.fleet.project.name)
    var notes: [String] = []
    let plan = try await plan(project, job, &notes)
    Terminal.output(HumanPlan(style: options.outputStyle, isVerbose: options.verbose).text(plan))
    if job.environment.system == .github { Terminal.output(annotations(plan, project, context)) }
    let path = try save(plan, job)
    let text = PlanComment(context).text(plan, findings: project.findings, notes: notes)
    try job.summarise(text)
    try job.output([
      ("changes", String(plan.actionable.count)),
      ("destroys", String(plan.actionable.count { $0.action == .destroy || $0.action == .replace })),
      ("monthly-usd-delta", MonthlyDelta(plan.totals).number), ("plan-path", path ?? ""),
    ])
    await comment(text, context, job)
    try Ending.check(plan.status)
  }

  /// Beside the lines of the definitions: what is blocked, and what changes.
  private func annotations(_ plan: Plan, _ project: Project, _ context: JobContext) -> String {
    let lines = DefinitionLines(project, prefix: context.folder, addresses: Set(plan.spaces.map(\.address)))
    return PlanAnnotations(place: lines.place).text(plan)
  }

  /// Definitions with errors: the comment says so, and the job ends.
  private func stopAtErrors(_ job: CIJob, _ folder: ProjectFolder) async throws {
    let tree = try SourceTreeChoice.tree(flags.revision, folder)
    let loaded = try folder.load(tree)
    guard loaded.fleet == nil else { return }
    let context = try job.context(folder, project: folder.name)
    let format: FindingsFormat = job.environment.system == .github ? .github : .human
    let report = try format.report(loaded, projectFolder: folder.path)
    Terminal.output(try format.text(report, style: options.outputStyle))
    let text = PlanComment(context).text(failing: loaded.findings)
    try job.summarise(text)
    await comment(text, context, job)
    throw Ending(status: .findings)
  }

  private func comment(_ text: String, _ context: JobContext, _ job: CIJob) async {
    guard let change = job.environment.change, let name = job.environment.changeName else { return }
    if job.isDry { return Terminal.output("--- the comment on \(name) ---\n\(text)\n") }
    await job.post("The comment on \(name)") { try await $0.comment(text, marker: context.marker(.plan), on: change.number) }
  }

  private func plan(_ project: Project, _ job: CIJob, _ notes: inout [String]) async throws -> Plan {
    let secrets = try SecretValues(options, folder: project.folder)
    let configuration = try HubConfiguration(
      environment: options.environment, home: FileManager.default.homeDirectoryForCurrentUser.path)
    if job.isFromFork || !configuration.canRead {
      let why =
        job.isFromFork ? "This comes from a fork, whose jobs have no token." : "There is no token of the Hub in this job."
      notes.append("\(why) The plan is made offline: definitions against the lock alone.")
      options.note(notes[0])
      let planning = OfflinePlanning(
        project: project, secrets: secrets, flags: flags.options, configuredEndpoint: configuration.endpoint)
      return try planning.make(lock: try planning.lock(revision: flags.revision))
    }
    if let unread = project.unreadContents.min(by: { $0.key < $1.key }) {
      throw Failure(doing: "reading the files of \(unread.key)", problem: unread.value, help: "Check out with `lfs: true`.")
    }
    let planning = Planning(
      project: project, hub: try HubAccess.client(options), secrets: secrets, flags: flags.options,
      usesLivePrices: flags.livePrices, comparesFiles: flags.diff, note: { [options] in options.note($0) })
    let lock = try project.store.read()
    if try project.rollbackGuard.refuses(lock) {
      notes.append("This commit does not come after the one applied last: bring the branch up to date.")
    }
    return try await planning.make(lock: lock).plan
  }

  /// The plan's path, when it was written.
  private func save(_ plan: Plan, _ job: CIJob) throws -> String? {
    guard let outDir, !job.isDry else { return nil }
    do { try FileManager.default.createDirectory(atPath: outDir, withIntermediateDirectories: true) } catch {
      throw Failure(doing: "making the folder \(outDir)", problem: "\(error)", help: "Check that it can be written to.")
    }
    let path = "\(outDir)/plan.json"
    try AtomicFile.replace(path, with: Array(plan.json.prettyText.utf8))
    try AtomicFile.replace("\(outDir)/plan.html", with: Array(try HTMLPlan().text(plan).utf8))
    return path
  }
}
