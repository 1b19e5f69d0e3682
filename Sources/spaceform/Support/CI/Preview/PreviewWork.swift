import Console
import Diagnostics
import HubAPI
import Locking
import Reconciler
import Reports
import SpaceModel
import State

/// Makes the copies for one change request, and removes them.
struct PreviewWork {
  let place: PreviewPlace
  let preview: PreviewFleet

  private var lifetime: TimeSpan { preview.origin.project.preview.timeToLive }

  /// Copies these Spaces, and removes copies of others.
  func make(_ chosen: Set<SpaceID>) async throws {
    let recorded = try place.store(preview.environment).read()
    let fleet = try preview.fleet(chosen, recorded: recorded)
    guard !fleet.spaces.isEmpty else {
      place.options.note("No Space changes: there is nothing to preview.")
      try await clear(fleet)
      return try await tell([], PreviewComment(place.context).textWithout, isNew: false)
    }
    do {
      let outcome = try await apply(fleet)
      let copies = await copies(fleet)
      let text = PreviewComment(place.context).text(
        copies, endpoint: place.hub.endpoint, lifetime: lifetime, secretsLeftOut: preview.secretsLeftOut(of: originals(fleet)),
        failures: outcome?.failures ?? [])
      try await tell(copies, text)
      try Ending.check(outcome?.status ?? .success)
    } catch let failure as Failure {
      // Another run for the same change request is at it, and tells how it went.
      if failure.status != .leased { await place.comment(PreviewComment(place.context).text(failure), on: preview.number) }
      throw failure
    }
  }

  /// Removes all copies, if there are any.
  func remove(_ reason: PreviewComment.Reason) async throws {
    let recorded = try place.store(preview.environment).read()
    let count = recorded?.spaces.count ?? 0
    try await clear(try preview.fleet([], recorded: recorded))
    if count == 0 { place.options.note("There is no preview of change \(preview.number).") }
    try await tell([], PreviewComment(place.context).text(removed: count, reason), isNew: false)
  }

  private func clear(_ fleet: Fleet) async throws {
    if !fleet.project.removed.isEmpty, let outcome = try await apply(fleet) { try Ending.check(outcome.status) }
    if !place.job.isDry, try place.store(preview.environment).removeEmpty() {
      place.options.note("The state of \(preview.environment) is removed.")
    }
  }

  /// How an apply ended: what it did not do, and why.
  private struct Outcome: Sendable {
    var failures: [Failure]
    var status: ExitStatus

    init(_ summary: ApplySummary, _ plan: Plan) {
      failures =
        summary.failed.map(\.failure)
        + plan.spaces.compactMap { space in
          space.blocked.map {
            Failure(doing: "previewing \(space.address)", problem: $0.reason, help: $0.help, status: $0.status)
          }
        }
      status = ExitStatus.reported([summary.status, plan.status])
    }
  }

  /// Nil when only a plan was shown.
  private func apply(_ fleet: Fleet) async throws -> Outcome? {
    let project = try await place.project.with(fleet, in: preview.environment, place.options)
    var flags = try PlanFlags.parse([])
    flags.maxDestroy = max(1, fleet.project.removed.count)
    if place.job.isDry {
      let planning = Planning(
        project: project, hub: place.hub, secrets: try SecretValues(place.options, folder: project.folder),
        flags: flags.options, usesLivePrices: false, note: { [place] in place.options.note($0) })
      let plan = try await planning.make(lock: try project.store.read()).plan
      Terminal.output(HumanPlan(style: place.options.outputStyle).text(plan))
      return nil
    }
    let lease = try ApplyLease(project, place.options, patience: place.patience)
    // A branch that is rewritten goes back to what it was; nothing of somebody else's hangs on a preview.
    var run = try CIApplying.run(
      project, place.hub, lease, place.options, flags, parallelism: place.parallelism, mayRollBack: true)
    let ended = Locked<Outcome?>(nil)
    run.ended = { summary, plan in
      if !summary.isInterrupted { ended.withLock { $0 = Outcome(summary, plan) } }
    }
    do { try await run.run() } catch let ending as Ending {
      // How the parts of it ended is told first, unless it was broken off.
      guard let outcome = ended.withLock(\.self) else { throw ending }
      return outcome
    }
    return ended.withLock(\.self)
  }

  private func originals(_ fleet: Fleet) -> Set<SpaceID> { Set(fleet.spaces.map(origin)) }

  private func origin(_ copy: SpaceDefinition) -> SpaceID {
    let name = String(copy.id.name.dropLast(preview.suffix.count))
    return SpaceID(owner: copy.id.owner, name: name) ?? copy.id
  }

  /// The copies as the Hub shows them now.
  private func copies(_ fleet: Fleet) async -> [PreviewComment.Copy] {
    await withTaskGroup(of: PreviewComment.Copy.self) { [hub = place.hub] group in
      for space in fleet.spaces {
        let origin = origin(space)
        group.addTask { PreviewComment.Copy(origin: origin, address: space.id, live: try? await hub.space(space.id)) }
      }
      return await group.reduce(into: []) { $0.append($1) }.sorted { $0.address < $1.address }
    }
  }

  private func tell(_ copies: [PreviewComment.Copy], _ text: String, isNew: Bool = true) async throws {
    let urls = copies.compactMap { copy in copy.url.map { ("\(copy.origin)", JSONValue.string($0)) } }
    try place.job.summarise(text)
    try place.job.output([
      ("spaces", String(copies.count)), ("url", copies.lazy.compactMap(\.url).first ?? ""),
      ("urls", JSONValue.object(Dictionary(urls) { first, _ in first }).canonicalText),
    ])
    await place.comment(text, on: preview.number, isNew: isNew)
  }
}
