import ArgumentParser
import CI
import CodeHosts
import Console
import Diagnostics
import Reconciler
import Reports
import SpaceModel

/// `spaceform ci apply`: applies what was reviewed, and nothing else.
struct CIApplyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "Apply the main branch, if it does what was reviewed and nothing else.",
    discussion: """
      Plans afresh, and compares the operations with those of the plan in the comment of the pull or merge request that this commit
      was merged with. When the new plan does anything beyond them, it is shown, nothing is done, and the exit status is 5;
      `--on-change apply` applies it all the same. A commit that came without a change request was reviewed by whoever pushed it.

      The state has to be on a branch (`state: { store: git }`), so that runs that overlap, are cancelled or die need nobody to
      unlock anything. An issue is open while applies fail.

      Leaves for later steps: changes (how many Spaces), monthly-usd-delta.
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var flags: PlanFlags
  @OptionGroup var lease: LeaseOptions
  @OptionGroup var ci: CIOptions

  @Option(help: "What to do when the plan does more than was reviewed.")
  var onChange: ChangePolicy = .stop

  @Option(
    help: ArgumentHelp(
      "The reviewed plan: a file of `ci plan`, or an operations digest; else the comment of the change request.",
      valueName: "plan"))
  var reviewed: String?

  @Flag(help: "Apply a revision that does not come after the one applied last.")
  var allowRollback = false

  @Option(help: ArgumentHelp("Work on at most this many Spaces at once.", valueName: "n"))
  var parallelism = 16

  func validate() throws {
    if parallelism < 1 { throw ValidationError("--parallelism takes a number from 1 on.") }
    if ci.dryRun {
      throw ValidationError("An apply cannot be rehearsed; `spaceform ci plan --dry-run` shows what it would do.")
    }
  }

  func run() async throws {
    let job = CIJob(options, ci)
    job.maskTokens()
    try job.lendTokenToGit()
    let project = try await Project.load(options, revision: flags.revision)
    try CIApplying.requireBranch(project)
    let context = try job.context(project.folder, project: project.fleet.project.name)
    do {
      try await apply(project, job, context)
      let report = ApplyReport(context)
      await job.post("The issue about failing applies") {
        try await $0.closeIssue(saying: report.farewell, marker: context.marker(.apply))
      }
    } catch let failure as Failure {
      // Somebody else is applying, or a newer commit was applied: that is for the other run to tell.
      if failure.status != .leased, failure.status != .stale {
        let text = ApplyReport(context).text(failure)
        try? job.summarise(text)
        await report(text, job, context)
      }
      throw failure
    }
  }

  private func report(_ text: String, _ job: CIJob, _ context: JobContext) async {
    let report = ApplyReport(context)
    await job.post("The issue about failing applies") {
      try await $0.issue(title: report.title, report.issue(text), marker: context.marker(.apply))
    }
  }

  private func apply(_ project: Project, _ job: CIJob, _ context: JobContext) async throws {
    let agreed = try await agreedPlan(job, context)
    let hub = try HubAccess.client(options)
    let lease = try ApplyLease(project, options, patience: lease.leaseTimeout)
    var run = try CIApplying.run(project, hub, lease, options, flags, parallelism: parallelism, mayRollBack: allowRollback)
    run.review = { plan in
      try job.output([
        ("changes", String(plan.actionable.count)), ("monthly-usd-delta", MonthlyDelta(plan.totals).number),
      ])
      guard let agreed, !agreed.covers(plan), onChange == .stop else { return }
      try job.summarise(
        PlanComment(context).text(plan, findings: [], notes: ["This was not applied: it does more than was reviewed."]))
      throw Failure(
        doing: "comparing the plan with the reviewed one",
        problem: "it does more than the plan of \(agreed.origin), for something changed since",
        help: "Look at the plan above and run the job with `--on-change apply`, or put right on the Hub what changed.",
        status: .stale)
    }
    run.ended = { summary, plan in
      let text = ApplyReport(context).text(summary, plan, endpoint: hub.endpoint)
      try job.summarise(text)
      if summary.status != .success, summary.status != .leased, !summary.isInterrupted { await report(text, job, context) }
    }
    try await run.run()
  }

  /// What the plan is to be held against; nil when nothing was reviewed.
  private func agreedPlan(_ job: CIJob, _ context: JobContext) async throws(Failure) -> ReviewedPlan? {
    if let reviewed { return try ReviewedPlan(named: reviewed) }
    guard onChange == .stop, let revision = job.environment.revision else { return nil }
    guard let posting = try job.posting() else {
      options.note("The plan is not compared with a reviewed one, for there is nobody to ask for it.")
      return nil
    }
    let found = try await ReviewedPlan(mergedWith: revision, posting, context)
    if found == nil { options.note("No plan was reviewed for \(revision.prefix(12)): it is applied as it is.") }
    return found
  }
}

/// `--on-change`.
enum ChangePolicy: String, CaseIterable, ExpressibleByArgument {
  case stop, apply
}
