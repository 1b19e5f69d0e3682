import Content
import Diagnostics
import HubAPI
import Reconciler
import SpaceModel
import State

extension Run {
  /// How one apply ended.
  enum End {
    case ended(ApplySummary, Plan)
    case refused(Plan)
    case threw(Failure)

    var words: String {
      switch self {
      case .ended(let summary, let plan):
        let failed =
          summary.failed.map { "\($0.space): \($0.failure)" } + summary.notStarted.map { "\($0.space): \($0.reason)" }
        let blocked = plan.spaces.compactMap { space in
          (space.blocked ?? space.blockedContent).map { "\(space.address): \($0.reason)" }
        }
        let left = plan.actionable.map { "\($0.address) \($0.action) \($0.changes.map(\.path)) \($0.notes)" }
        return "failed \(failed), blocked \(blocked), planned \(left)"
      case .refused(let plan): return "refused: \(plan.refusals.map(\.reason))"
      case .threw(let failure): return "threw: \(failure)"
      }
    }
  }

  private var watched: WatchedHub {
    let (store, witness, definitions) = (store, witness, definitions)
    return WatchedHub(
      hub: hub, witness: witness, time: time, late: late,
      race: {
        do throws(Failure) {
          try store.begin().close(settled: false)
          witness.complain("a second apply got the lease while the first held it")
        } catch {
          if error.status != .leased { witness.complain("a second apply ended with \(error.status), not as leased: \(error)") }
        }
      },
      blueprint: { number in definitions.spaces.first { $0.number == number } })
  }

  func options(isLenient: Bool) -> PlanOptions {
    guard isLenient else { return PlanOptions() }
    return PlanOptions(
      adopt: Set(definitions.spaces.map(\.id)), allowDestroy: true, maximumDestroys: 100, overwriteForeign: true)
  }

  /// The plan as `spaceform plan` makes it, over an undisturbed connection.
  func plan(isLenient: Bool) async -> (plan: Plan, lock: Lock?)? {
    witness.begin(Disturbance())
    do throws(Failure) {
      let lock = try store.read()
      return (try await compare(watched, lock ?? emptyLock, isLenient: isLenient).plan, lock)
    } catch {
      witness.complain("an undisturbed plan failed: \(error)")
      return nil
    }
  }

  private var emptyLock: Lock { Lock(project: SimulatedProject.name, hub: "local") }

  private struct Compared {
    var project: SimulatedProject
    var observation: Observation
    var plan: Plan
  }

  private func compare(_ hub: WatchedHub, _ lock: Lock, isLenient: Bool) async throws(Failure) -> Compared {
    let project = definitions.project(scenario.environment)
    let refresher = Refresher(hub: hub) { ReadmeParser.parse($0) }
    let observation = try await refresher.observe(fleet: project.fleet, manifests: project.manifests, lock: lock)
    let plan = Planner.plan(
      PlanInput(
        fleet: project.fleet, manifests: project.manifests, lock: lock, observation: observation,
        options: options(isLenient: isLenient), endpoint: hub.endpoint))
    return Compared(project: project, observation: observation, plan: plan)
  }

  /// What one `spaceform apply` does, from taking the lease to its last breath.
  mutating func apply(_ disturbance: Disturbance, parallelism: Int, isLenient: Bool) async -> End {
    applies += 1
    witness.begin(disturbance)
    let hub = watched
    do throws(Failure) {
      let session = WatchedSession(session: sabotage(try store.begin()), witness: witness)
      var lock = session.base ?? emptyLock
      var outstanding: JournalSettlement.Report?
      let compared: Compared
      do throws(Failure) {
        if let journal = session.inherited {
          let before = lock
          let report = try await JournalSettlement(hub: hub, now: time.clock.now).settle(journal, lock: lock)
          checkSettlement(journal, before, report.lock)
          lock = report.lock
          outstanding = report
          if lock != session.base { try session.save(lock) }
        }
        compared = try await compare(hub, lock, isLenient: isLenient)
      } catch {
        try? session.close(settled: false)
        throw error
      }
      checkNoSecret(compared.plan.json.canonicalText, "the plan")
      witness.note("plan \(compared.plan.operationsDigest)")
      guard compared.plan.refusals.isEmpty else {
        try? session.close(settled: false)
        return .refused(compared.plan)
      }
      witness.expect(
        moves: Dictionary(compared.plan.spaces.compactMap { space in space.movedFrom.map { ($0, space.address) } }) {
          first, _ in first
        })
      let summary = try await Applier(
        ApplyRequest(
          plan: compared.plan, fleet: compared.project.fleet, manifests: compared.project.manifests,
          observation: compared.observation, lock: lock, hub: hub, session: session, contents: compared.project,
          secrets: compared.project.secrets, openCreations: outstanding?.openCreations ?? [:],
          openCommits: outstanding?.openCommits ?? [], parallelism: parallelism,
          run: "run\(applies)", clock: time.clock, isInterrupted: { [witness] in witness.isInterrupted })
      ).apply()
      return .ended(summary, compared.plan)
    } catch {
      return .threw(error)
    }
  }
}
