import ArgumentParser
import CI
import Console
import Diagnostics
import Hub
import Reconciler
import Reports

/// `spaceform ci drift`: one issue that is open while the Hub differs from what was applied.
struct CIDriftCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drift", abstract: "Keep an issue open while the Hub differs from what was applied.",
    discussion: """
      For a schedule. The issue has the table of what differs, is edited in place while there is drift, and closed when there is none.

      With --fix what differs is put right at once, where nothing else is waiting to be applied; that needs a token that may write, and
      the state on a branch.

      Exit status 0, with or without drift; with --fail-on-drift 2 when there is some.
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var ci: CIOptions

  @Flag(help: "Put right what differs, if an apply would do nothing else.")
  var fix = false

  @OptionGroup var lease: LeaseOptions

  @Flag(help: "Exit with status 2 when there is drift.")
  var failOnDrift = false

  func validate() throws {
    if fix, ci.dryRun { throw ValidationError("--fix writes; leave it out of a --dry-run.") }
  }

  func run() async throws {
    let job = CIJob(options, ci)
    job.maskTokens()
    try job.lendTokenToGit()
    let project = try await Project.load(options)
    let context = try job.context(project.folder, project: project.fleet.project.name)
    let hub = try HubAccess.client(options)
    var drift = try await drift(project, hub)
    Terminal.output(DriftText(style: options.outputStyle).text(drift))
    if fix, !drift.spaces.isEmpty {
      try await putRight(project, hub)
      drift = try await self.drift(project, hub)
      Terminal.output(DriftText(style: options.outputStyle).text(drift))
    }
    try await tell(drift, DriftIssue(context), context, job)
    try Ending.check(drift.status)
    if failOnDrift, !drift.spaces.isEmpty { try Ending.check(.changes) }
  }

  private func drift(_ project: Project, _ hub: HubClient) async throws(Failure) -> Drift {
    let planning = Planning(
      project: project, hub: hub, secrets: try SecretValues(options, folder: project.folder), flags: PlanOptions(),
      usesLivePrices: false, note: { [options] in options.note($0) })
    return Drift(try await planning.make(lock: try project.store.read()).plan)
  }

  private func tell(_ drift: Drift, _ issue: DriftIssue, _ context: JobContext, _ job: CIJob) async throws {
    let marker = context.marker(.drift)
    let text = drift.spaces.isEmpty ? issue.textWithout() : issue.text(drift)
    try job.summarise(text)
    try job.output([("drifted", String(drift.spaces.count))])
    if drift.spaces.isEmpty {
      // What could not be judged may have drifted: the issue stays.
      guard drift.status == .success else { return }
      await job.post("The issue about drift") { try await $0.closeIssue(saying: issue.farewell, marker: marker) }
    } else if job.isDry {
      Terminal.output("--- the issue \(issue.title) ---\n\(text)\n")
    } else {
      await job.post("The issue about drift") { try await $0.issue(title: issue.title, text, marker: marker) }
    }
  }

  /// Applies, if there is nothing to apply but what drifted; else says so and leaves it.
  private func putRight(_ project: Project, _ hub: HubClient) async throws {
    try CIApplying.requireBranch(project)
    let lease = try ApplyLease(project, options, patience: lease.leaseTimeout)
    var run = try CIApplying.run(project, hub, lease, options, PlanFlags.parse([]), parallelism: 16, mayRollBack: false)
    run.review = { plan in
      guard plan.actionable.contains(where: { !$0.isDriftAlone }) else { return }
      throw NotDriftAlone()
    }
    do { try await run.run() } catch is NotDriftAlone {
      options.note("Nothing is put right: the definitions have changes that are not applied yet.")
    }
  }

  private struct NotDriftAlone: Error {}
}

extension SpacePlan {
  /// Whether all that is to be done to it takes back what somebody did on the Hub.
  fileprivate var isDriftAlone: Bool {
    if action == .create { return origin == .drift }
    return action == .update && !changes.isEmpty && changes.allSatisfy { $0.origin == .drift }
  }
}
