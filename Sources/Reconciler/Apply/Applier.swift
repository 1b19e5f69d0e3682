import Diagnostics
import HubAPI
import Locking
import SpaceModel
import State

/// Interprets a plan: many Spaces at once, each in its own order, everything in the journal.
///
/// One Space's failure stops neither the others nor the state from being saved.
public struct Applier: Sendable {
  private let request: ApplyRequest
  /// Somebody else may apply now: nothing new is begun.
  private let hasLostLease = Locked(false)

  public init(_ request: ApplyRequest) { self.request = request }

  /// Fails only when the state itself cannot be kept; everything else is in the summary.
  public func apply() async throws(Failure) -> ApplySummary {
    let ledger = Ledger(
      lock: request.lock, session: request.session, run: request.run, clock: request.clock,
      openCreations: Set(request.openCreations.keys), openCommits: request.openCommits)
    let shared = SpaceWorker.Shared(
      request: request, ledger: ledger,
      watcher: LiveWatcher(
        hub: request.hub, clock: request.clock, report: request.report, isInterrupted: request.isInterrupted),
      book: ReferenceBook(
        References(fleet: request.fleet, observation: request.observation, endpoint: request.hub.endpoint)),
      milestones: Milestones(), slots: Slots(request.parallelism), creations: Slots(1))
    let definitions = Dictionary(request.fleet.spaces.map { ($0.id, $0) }) { first, _ in first }
    let prerequisites = Prerequisites(request.plan, definitions: definitions, lock: request.lock)
    var summary = ApplySummary(lock: request.lock)
    let hubTime = request.clock.now().advanced(bySeconds: await request.hub.clockOffset ?? 0)
    do throws(Failure) {
      try await ledger.announce(
        PlannedIntents.drafts(request.plan, definitions: definitions, manifests: request.manifests), hubTime: hubTime)
    } catch {
      await ledger.abandon()
      throw error
    }
    await withTaskGroup(of: (SpacePlan, Ending).self) { group in
      for plan in request.plan.spaces where plan.blocked == nil {
        group.addTask {
          (plan, await run(plan, definitions[plan.address], prerequisites[plan.address], shared))
        }
      }
      for await (plan, ending) in group {
        switch ending {
        case .unchanged: break
        case .done:
          summary.done.append(plan.address)
          if plan.steps.contains(.create) { summary.created.append(plan.address) }
        case .failed(let failure) where failure.status == .interrupted:
          summary.isInterrupted = true
          summary.notStarted.append((plan.address, "stopped"))
        case .failed(let failure): summary.failed.append((plan.address, failure))
        case .notStarted(let reason): summary.notStarted.append((plan.address, reason))
        }
      }
    }
    // Only when something was applied: otherwise a lock kept in git would change with every commit, its own included.
    if !summary.done.isEmpty, summary.failed.isEmpty, summary.notStarted.isEmpty, let revision = request.revision {
      await ledger.update { $0.revision = revision }
    }
    try await ledger.close()
    summary.lock = await ledger.lock
    summary.isInterrupted = summary.isInterrupted || request.isInterrupted()
    summary.done.sort()
    summary.created.sort()
    summary.failed.sort { $0.space < $1.space }
    summary.notStarted.sort { $0.space < $1.space }
    return summary
  }

  private enum Ending: Sendable {
    case unchanged
    case done
    case failed(Failure)
    case notStarted(String)
  }

  private func run(
    _ plan: SpacePlan, _ definition: SpaceDefinition?, _ prerequisites: [Milestones.Milestone],
    _ shared: SpaceWorker.Shared
  ) async -> Ending {
    let address = plan.address
    for milestone in prerequisites {
      guard await shared.milestones.wait(for: milestone) else {
        let reason = "\(milestone.space) it depends on is not ready"
        await end(address, success: false, shared)
        request.report(.skipped(address, reason: reason))
        return .notStarted(reason)
      }
    }
    // A Space that needs no call is brought up to date in the lock only.
    let isSilent = plan.action == .none
    if !isSilent {
      if request.isInterrupted() {
        await end(address, success: false, shared)
        return .notStarted("stopped before it was begun")
      }
      if hasLostLease.withLock({ $0 }) {
        await end(address, success: false, shared)
        return .notStarted("the lease was lost before it was begun")
      }
      await shared.slots.acquire()
      request.report(.started(address, plan.action))
    }
    let begun = request.clock.now()
    var worker = SpaceWorker(plan: plan, definition: definition, shared: shared)
    do throws(Failure) {
      try await worker.run()
    } catch {
      if error.status == .leased { hasLostLease.withLock { $0 = true } }
      if !isSilent { await shared.slots.release() }
      await end(address, success: false, shared)
      request.report(.failed(address, error))
      return .failed(error)
    }
    await end(address, success: true, shared)
    if isSilent { return .unchanged }
    await shared.slots.release()
    request.report(.finished(address, plan.action, seconds: request.clock.now().seconds(since: begun)))
    return .done
  }

  private func end(_ address: SpaceID, success: Bool, _ shared: SpaceWorker.Shared) async {
    await shared.milestones.reach(.exists(address), success: success)
    await shared.milestones.reach(.finished(address), success: success)
  }
}

extension Milestones.Milestone {
  /// The Space that is to come so far.
  var space: SpaceID {
    switch self {
    case .exists(let space), .finished(let space): space
    }
  }
}
