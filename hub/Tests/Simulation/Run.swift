import Diagnostics
import Foundation
import HubAPI
import HubSimulator
import Reconciler
import SpaceModel
import State

/// One run of a scenario: a Hub, a project whose state is real files, and a witness of all that happens.
package struct Run {
  /// What came of it.
  package struct Report: Sendable {
    /// Promises that were broken, a sentence each.
    package var complaints: [String]
    /// Equal for equal runs.
    package var trace: UInt64
    package var applies: Int
    package var deaths: Int
    /// Every event, when it was asked for.
    package var log: [String]
  }

  let scenario: Scenario
  let witness: Witness
  let time = SimulatedTime()
  let hub: SimulatedHub
  let late = LateCalls()
  let folder: String
  /// Wraps the state once more: how a test plants a broken promise.
  let sabotage: @Sendable (any StateSession) -> any StateSession
  var definitions = Definitions()
  var applies = 0
  var deaths = 0
  /// Spaces that were made by a create of ours, and for which declaration.
  var ours: [String: Int] = [:]
  /// Spaces of ours that were let go: by `removed` with `destroy: false`, or with a lock that was lost.
  var released: Set<String> = []
  /// Hub ids of Spaces of others that were made where a create of ours had no answer: they pass for ours.
  var mistaken: Set<String> = []
  var locks: [String] = []

  /// Runs a scenario on the calling thread.
  package static func perform(
    _ scenario: Scenario, keepsLog: Bool = false,
    sabotage: @escaping @Sendable (any StateSession) -> any StateSession = { $0 }
  ) -> Report {
    SerialRun.perform {
      guard var run = try? Run(scenario, keepsLog: keepsLog, sabotage: sabotage) else {
        return Report(complaints: ["the run could not be set up"], trace: 0, applies: 0, deaths: 0, log: [])
      }
      await run.perform()
      run.remove()
      return Report(
        complaints: run.witness.complaints, trace: run.witness.trace, applies: run.applies, deaths: run.deaths,
        log: run.witness.log)
    }
  }

  private init(
    _ scenario: Scenario, keepsLog: Bool, sabotage: @escaping @Sendable (any StateSession) -> any StateSession
  ) throws {
    self.scenario = scenario
    self.sabotage = sabotage
    witness = Witness(keepsLog: keepsLog)
    var assumptions = Assumptions()
    for assumption in scenario.assumptions { try assumptions.set(assumption) }
    let time = self.time
    hub = SimulatedHub(
      world: .standard(seed: scenario.seed, assumptions: assumptions), endpoint: "http://127.0.0.1:7780", clock: { time.now })
    // Files in memory where the system has them: thousands of runs write thousands of locks.
    let memory = "/dev/shm"
    let base = FileManager.default.isWritableFile(atPath: memory) ? memory : FileManager.default.temporaryDirectory.path
    folder = "\(base)/spaceform-simulation-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  private func remove() { try? FileManager.default.removeItem(atPath: folder) }

  var store: FileStateStore {
    FileStateStore(
      folder: folder, environment: scenario.environment, project: SimulatedProject.name, temporaryFolder: folder)
  }

  private mutating func perform() async {
    for step in scenario.steps { await perform(step) }
    await converge()
  }

  private mutating func perform(_ step: Scenario.Step) async {
    witness.note("step \(step.number)")
    if step.pause > 500 { await late.arriveAll() }
    time.pass(step.pause)
    time.setError(step.clockError)
    let lock = (try? store.read()) ?? nil
    let isSettled = ((try? store.openJournal()) ?? nil) == nil
    for edit in step.edits where scenario.spaces.contains(edit.space) {
      // Who lets go of a Space may have it made again.
      if edit.kind == .remove {
        released.formUnion(ours.filter { $0.value == edit.space }.keys)
        released.formUnion(definitions.spaces.filter { $0.number == edit.space }.compactMap { lock?.spaces[$0.id]?.hubID })
      }
      edit.apply(to: &definitions, lock: lock, isSettled: isSettled)
    }
    for act in step.acts where scenario.spaces.contains(act.space) {
      guard let space = definitions.spaces.first(where: { $0.number == act.space }) else { continue }
      witness.note("elsewhere \(act)")
      if act.kind == .rename, scenario.assumptions.contains("moved-read=not-found") {
        // Nothing on the Hub leads from the old address to the new one.
        released.formUnion(ours.filter { $0.value == act.space }.keys)
      }
      await act.perform(on: hub, at: space.id, isStatic: space.sdk == .static)
      time.pass(1)
    }
    await suffer(step.state)
    if step.savesPlan { await checkSavedPlan(step) }
    await applyChecked(
      step.disturbance, parallelism: step.parallelism, isLenient: step.isLenient, number: step.number)
    keepLock()
  }

  /// What a person does in the end: repairs what is broken, allows what needs allowing, and applies until all is well.
  private mutating func converge() async {
    await late.arriveAll()
    time.setError(0)
    for index in definitions.spaces.indices {
      definitions.spaces[index].isBroken = false
      // What was put right does not reach a Space whose files are ignored.
      let number = definitions.spaces[index].number
      if scenario.steps.contains(where: { $0.edits.contains { $0.kind == .breakBuild && $0.space == number } }) {
        definitions.spaces[index].ignores.remove("content")
        definitions.spaces[index].prunes = true
      }
      // The Hub scales paid hardware only.
      if definitions.spaces[index].replicas ?? 1 > 1 { definitions.spaces[index].ignores.remove("hardware") }
    }
    for round in 1...4 {
      time.pass(700)
      await undoRenames()
      witness.note("recovery \(round)")
      let end = await applyChecked(Disturbance(), parallelism: 4, isLenient: true, number: -round)
      if case .ended(let summary, _) = end, summary.status == .success, await isConverged() { return }
      letGo(end)
      if round == 4 { witness.complain("four undisturbed applies did not make the fleet: \(end.words)") }
    }
  }

  /// A recorded Space that is no longer declared and may not be destroyed, because another one stands at its address, is let go.
  private mutating func letGo(_ end: End) {
    guard case .ended(_, let plan) = end else { return }
    for space in plan.spaces where space.action == .destroy && space.blocked != nil && !isProtected(space) {
      definitions.removed.removeAll { $0.space == space.address }
      definitions.removed.append(Removal(space: space.address, destroy: false))
    }
  }

  /// Recorded Spaces that somebody renamed get their name back, which makes room where somebody else took it; one that is to be
  /// renamed and is not recorded is renamed by hand.
  private func undoRenames() async {
    let lock = (try? store.read()) ?? nil
    let renames = definitions.spaces.compactMap { space in space.movedFrom.map { ($0, space.id) } }
    for (origin, target) in renames where lock?.spaces[origin] == nil && lock?.spaces[target] == nil {
      try? await hub.rehearse { world, now throws(HubSimulator.Refusal) in
        if world.hubID(of: target) != nil { return }
        try world.move(origin, to: target, by: try world.caller(token: "hf_local", at: now), at: now)
      }
    }
    guard let lock else { return }
    try? await hub.rehearse { world, now throws(HubSimulator.Refusal) in
      let caller = try world.caller(token: "hf_local", at: now)
      for (address, record) in lock.spaces.sorted(by: { $0.key < $1.key }) {
        guard let space = world.spaces[record.hubID], space.address != address else { continue }
        if world.hubID(of: address) != nil { try world.delete(address, by: caller) }
        try world.move(space.address, to: address, by: caller, at: now)
      }
    }
  }

  /// Whether nothing is left to do, by the engine and by a look of our own.
  private func isConverged() async -> Bool {
    guard let plan = await plan(isLenient: true)?.plan else { return false }
    let left = plan.spaces.filter { ($0.action != .none || $0.isBlocked) && !isProtected($0) }
    return left.isEmpty
  }

  /// A Space whose definition is gone and which was applied with `prevent_destroy` stays, and stays in the plan.
  private func isProtected(_ space: SpacePlan) -> Bool {
    guard space.action == .destroy, space.blocked != nil, let lock = try? store.read() else { return false }
    return lock.spaces[space.address]?.preventDestroy == true
  }

  // MARK: The state between applies

  private mutating func keepLock() {
    guard let text = try? String(contentsOfFile: lockPath, encoding: .utf8), text != locks.last else { return }
    locks.append(text)
  }

  var lockPath: String { "\(folder)/\(scenario.environment.map { "spaceform.\($0).lock" } ?? "spaceform.lock")" }

  private mutating func suffer(_ accident: Scenario.StateAccident?) async {
    guard let accident else { return }
    witness.note(accident.rawValue)
    switch accident {
    case .lostLock: try? FileManager.default.removeItem(atPath: lockPath)
    case .olderLock:
      guard let older = locks.dropLast().last else { return }
      // What lists do not say of a protected Space only the lock knows; an older one knows something else.
      if await hub.snapshot.spaces.values.contains(where: { $0.visibility == .protected }) { return }
      try? older.write(toFile: lockPath, atomically: true, encoding: .utf8)
    }
    released.formUnion(ours.keys)
  }
}
