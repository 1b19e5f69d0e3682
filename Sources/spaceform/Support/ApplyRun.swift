import Console
import Diagnostics
import Hub
import HubAPI
import Platform
import Reconciler
import Reports
import SpaceModel
import State

/// One apply with the lease held: settle what was left open, plan, ask, do, say how it ended.
struct ApplyRun: Sendable {
  let project: Project
  let hub: HubClient
  let secrets: SecretValues
  let session: any StateSession
  let options: GlobalOptions
  let format: ApplyFormat
  let flags: PlanOptions
  let usesLivePrices: Bool
  let comparesFiles: Bool
  let parallelism: Int
  let saved: SavedPlan?
  let savedName: String
  let mayAsk: Bool
  let mayRollBack: Bool
  /// Where the lease outlives the process.
  let signals: LeaseSignals?
  /// Looks at the plan before anything is written, and throws to refuse it.
  var review: @Sendable (Plan) async throws -> Void = { _ in }
  /// Is told how it ended, when it got to its end.
  var ended: @Sendable (ApplySummary, Plan) async throws -> Void = { _, _ in }

  func run() async throws {
    let style = options.errorStyle
    let (settled, prepared): (JournalSettlement.Report, Prepared)
    do {
      settled = try await settledState()
      prepared = try await prepare(settled.lock)
      try await review(prepared.plan)
    } catch {
      // Nothing was written; the inherited journal stays for the next run.
      try session.close(settled: false)
      throw error
    }
    guard let prepared = try await approved(prepared) else { return }
    // Until here nothing was written, so a signal may simply end the process.
    signals?.beginWriting()
    hub.askBeforeWriting { [session] in session.mayWrite }
    let interruption =
      signals?.interruption
      ?? Interruption { [options] _ in
        if !options.quiet {
          Terminal.error(
            "\n" + style.yellow("Stopping: what is under way is finished and saved. Again to stop at once.") + "\n")
        }
      }
    let display = ApplyDisplay(
      style: style, isLive: Terminal.errorIsTerminal, isQuiet: options.quiet,
      isVerbose: options.verbose, total: prepared.plan.actionable.count, now: SystemClock.now,
      write: { Terminal.error($0) })
    let stream = format == .ndjson ? ApplyStream(now: SystemClock.now, write: { Terminal.output($0) }) : nil
    stream?.begin(prepared.plan)
    let request = ApplyRequest(
      plan: prepared.plan, fleet: project.fleet, manifests: project.contents.manifests,
      observation: prepared.observation, lock: settled.lock, hub: hub, session: session, contents: project.contents,
      secrets: prepared.secrets, fingerprint: { [secrets] in secrets.fingerprint($0, $1) },
      openCreations: settled.openCreations, openCommits: settled.openCommits, parallelism: parallelism,
      // The lock's revision is the one that the whole project is at.
      revision: flags.selection.isEverything && saved?.isPartial != true ? project.revision : nil,
      clock: ApplyClock(now: SystemClock.now, sleep: { try? await Task.sleep(for: .milliseconds(Int($0 * 1000))) }),
      report: { event in
        display.show(event)
        stream?.show(event)
      }, isInterrupted: { interruption.isRaised })
    // The elapsed time on the live line moves also while nothing happens.
    let ticking = Task {
      while !Task.isCancelled {
        try? await Task.sleep(for: .seconds(1))
        display.tick()
      }
    }
    defer { ticking.cancel() }
    let summary = try await Applier(request).apply()
    ticking.cancel()
    display.end()
    stream?.end(summary, digest: prepared.plan.operationsDigest)
    show(summary, prepared.plan)
    try await ended(summary, prepared.plan)
    if let number = interruption.number {
      throw Ending(status: number == SIGTERM ? .terminated : .interrupted)
    }
    try Ending.check(ExitStatus.reported([summary.status, prepared.plan.status]))
  }

  private struct Prepared: Sendable {
    let plan: Plan
    let observation: Observation
    let secrets: [SpaceID: [String: Secret]]
  }

  private func settledState() async throws(Failure) -> JournalSettlement.Report {
    let endpoint = hub.endpoint
    let base = session.base
    try HubAccess.check(base, file: project.folder.lockName, endpoint: endpoint, project: project.fleet.project.name)
    if !mayRollBack { try project.rollbackGuard.check(base, options) }
    let lock = base ?? Lock(project: project.fleet.project.name, hub: Lock.hubName(forEndpoint: endpoint))
    guard let journal = session.inherited else { return JournalSettlement.Report(lock: lock) }
    let report = try await JournalSettlement(hub: hub, now: SystemClock.now).settle(journal, lock: lock)
    for note in report.notes { options.note(note) }
    if report.lock != lock { try session.save(report.lock) }
    return report
  }

  private func prepare(_ lock: Lock) async throws(Failure) -> Prepared {
    let planning = Planning(
      project: project, hub: hub, secrets: secrets, flags: flags, usesLivePrices: usesLivePrices, comparesFiles: comparesFiles,
      saved: saved,
      note: { [options] in options.note($0) })
    let result = try await planning.make(lock: lock)
    var plan = result.plan
    if let saved { plan = try saved.bound(to: plan, name: savedName) }
    if format == .human, saved == nil, !options.quiet {
      Terminal.output(HumanPlan(style: options.outputStyle, isVerbose: options.verbose).text(plan))
    }
    if let refusal = plan.refusals.first {
      throw Failure(doing: "planning", problem: refusal.reason, help: refusal.help, status: refusal.status)
    }
    if let identity = result.observation.identity,
      let obstacle = Preflight.check(
        plan, fleet: project.fleet, identity: identity, catalogue: result.catalogue, writesKeyless: hub.isKeyless)
    {
      throw obstacle.failure
    }
    return Prepared(
      plan: plan, observation: result.observation, secrets: try secrets.resolve(for: plan, fleet: project.fleet))
  }

  /// Nil when the person says no.
  private func approved(_ prepared: Prepared) async throws -> Prepared? {
    guard mayAsk, !prepared.plan.actionable.isEmpty else { return prepared }
    let answer = Terminal.ask("\nApply this plan? Only `yes` does it: ")
    if answer == "yes" { return prepared }
    try session.close(settled: session.inherited == nil)
    options.note("Nothing was done.")
    throw Ending(status: .failure)
  }

  private func show(_ summary: ApplySummary, _ plan: Plan) {
    switch format {
    case .ndjson: return
    case .json: Terminal.output(ApplySummaryText.json(summary, digest: plan.operationsDigest).prettyText)
    case .human:
      guard !plan.actionable.isEmpty else { return }
      Terminal.output(
        ApplySummaryText(style: options.outputStyle).text(
          summary, endpoint: hub.endpoint, command: continuation))
      if hub.isKeyless, !summary.created.isEmpty {
        let pages = summary.created.map { "  \(HubClient.publishers(of: $0, hub.endpoint))" }.joined(separator: "\n")
        options.note("Add this job to the trusted publishers of the new Spaces, so that it may write to them:\n\(pages)")
      }
    }
  }

  private var continuation: String {
    var words = ["spaceform"]
    if options.directory != "." { words += ["-C", options.directory] }
    if let name = options.environmentName { words += ["--env", name] }
    words.append("apply")
    for pattern in flags.selection.targets { words += ["--target", pattern] }
    for pattern in flags.selection.excludes { words += ["--exclude", pattern] }
    return words.map(ShellWord.quoted).joined(separator: " ")
  }
}
