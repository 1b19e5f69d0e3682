import Content
import Diagnostics
import Foundation
import HubAPI
import HubSimulator
import Locking
import Reconciler
import Simulation
import SpaceModel
import State

/// One project on one simulated Hub, applied again and again by processes that may die.
struct Rehearsal {
  let hub: SimulatedHub
  let time: SimulatedTime
  let folder: URL
  /// The fault closure of the Hub asks this box, so that each apply has a plan of its own.
  private let faults: CurrentPlan

  init() throws {
    let time = SimulatedTime()
    let faults = CurrentPlan()
    self.time = time
    self.faults = faults
    hub = SimulatedHub(
      endpoint: "http://127.0.0.1:7780", clock: { time.now }, fault: { faults.plan.fault($0, $1) })
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("spaceform-simulation-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  private var store: FileStateStore { FileStateStore(folder: folder.path, environment: nil, project: "simulation") }

  /// What one `spaceform apply` does, from taking the lease to closing. Throws what ends the process.
  func apply(_ fleet: SimulatedFleet, _ plan: CrashPlan = CrashPlan()) async throws -> ApplySummary {
    faults.plan = plan
    defer { faults.plan = CrashPlan() }
    let session = MortalSession(session: try store.begin(), plan: plan)
    var lock = session.base ?? Lock(project: "simulation", hub: "local")
    var openCreations: [SpaceID: Intent] = [:]
    var openCommits: Set<SpaceID> = []
    if let journal = session.inherited {
      let report = try await JournalSettlement(hub: hub, now: time.clock.now).settle(journal, lock: lock)
      lock = report.lock
      openCreations = report.openCreations
      openCommits = report.openCommits
      if lock != session.base { try session.save(lock) }
    }
    let (work, observation) = try await compare(fleet, lock)
    var secrets: [SpaceID: [String: Secret]] = [:]
    for space in fleet.fleet.spaces where !space.secrets.isEmpty { secrets[space.id] = ["KEY": Secret("canary-value")] }
    let summary = try await Applier(
      ApplyRequest(
        plan: work, fleet: fleet.fleet, manifests: fleet.manifests, observation: observation, lock: lock, hub: hub,
        session: session, contents: fleet, secrets: secrets, openCreations: openCreations,
        openCommits: openCommits, parallelism: 4, clock: time.clock)
    ).apply()
    return summary
  }

  /// The plan as `spaceform plan` would make it now.
  func plan(_ fleet: SimulatedFleet) async throws -> Reconciler.Plan {
    try await compare(fleet, try store.read() ?? Lock(project: "simulation", hub: "local")).0
  }

  private func compare(_ fleet: SimulatedFleet, _ lock: Lock) async throws -> (Reconciler.Plan, Observation) {
    let refresher = Refresher(hub: hub) { ReadmeParser.parse($0) }
    let observation = try await refresher.observe(fleet: fleet.fleet, manifests: fleet.manifests, lock: lock)
    let plan = Planner.plan(
      PlanInput(
        fleet: fleet.fleet, manifests: fleet.manifests, lock: lock, observation: observation, endpoint: hub.endpoint))
    return (plan, observation)
  }

  /// What must hold after recovery, as sentences that do not; empty when all is well.
  func complaints(_ fleet: SimulatedFleet, commits: Int) async throws -> [String] {
    var complaints: [String] = []
    let plan = try await plan(fleet)
    for space in plan.spaces where space.action != .none || space.isBlocked {
      complaints.append("\(space.address) is not as defined: \(space.action) \(space.changes.map(\.path)) \(space.notes)")
    }
    let live = try await hub.spaces(ownedBy: "acme").map(\.address)
    if live.sorted() != fleet.fleet.spaces.map(\.id) { complaints.append("the Hub has \(live.sorted())") }
    for address in live {
      let history = try await hub.commits(of: address, limit: 100)
      if history.count > commits { complaints.append("\(address) has \(history.count) commits: \(history.map(\.title))") }
    }
    if try store.openJournal() != nil { complaints.append("a journal is open") }
    return complaints
  }
}

/// The crash plan in force.
private final class CurrentPlan: Sendable {
  private let current = Locked(CrashPlan())
  var plan: CrashPlan {
    get { current.withLock { $0 } }
    set { current.withLock { $0 = newValue } }
  }
}
