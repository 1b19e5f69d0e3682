import Cryptography
import Diagnostics
import Foundation
import HubSimulator
import Reconciler
import SpaceModel
import State

extension Run {
  /// One apply, and everything that has to hold right after it.
  @discardableResult
  mutating func applyChecked(
    _ disturbance: Disturbance, parallelism: Int, isLenient: Bool, number: Int
  ) async -> End {
    let before = await hub.snapshot
    var recordedBefore = recordedIDs
    // Whether a Space that came to be while a create was under way is the one that was asked for, nothing can tell.
    for entry in ((try? store.openJournal()) ?? nil)?.entries ?? [] where entry.intent.operation == .create {
      guard let hubID = before.hubID(of: entry.intent.space) else { continue }
      recordedBefore.insert(hubID)
      if !witness.made.contains(hubID) { mistaken.insert(hubID) }
    }
    let end = await apply(disturbance, parallelism: parallelism, isLenient: isLenient)
    let after = await hub.snapshot
    if witness.isDead { deaths += 1 }
    witness.note("ended: \(end.words)")
    checkNoSecret(text(lockPath), "the lock")
    checkNoSecret(text(journalPath), "the journal")
    checkNoFailureSwallowed(end)
    checkSpaces(before, after, end, disturbance, recordedBefore, isLenient)
    if case .ended(let summary, let plan) = end, disturbance.isNone, summary.status == .success,
      !plan.spaces.contains(where: \.isBlocked)
    {
      checkRestarts(before, after, plan)
      await checkNothingLeft(isLenient: isLenient, number: number)
    }
    return end
  }

  private var journalPath: String {
    "\(folder)/.spaceform/journal\(scenario.environment.map { ".\($0)" } ?? "").ndjson"
  }

  private func text(_ path: String) -> String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }

  private var recordedIDs: Set<String> {
    guard let lock = try? store.read() else { return [] }
    return Set(lock.spaces.values.map(\.hubID))
  }

  // MARK: Promises

  func checkNoSecret(_ text: String, _ place: String) {
    if text.contains(Blueprint.canary) { witness.complain("\(place) holds the value of a secret") }
  }

  private func checkNoFailureSwallowed(_ end: End) {
    guard witness.writeHasFailed, !witness.isDead, case .ended(let summary, _) = end, summary.status == .success else { return }
    witness.complain("a write to the state failed, and the apply says that it succeeded")
  }

  /// What was found out about a write that may have happened was found out by reading that Space.
  func checkSettlement(_ journal: OpenJournal, _ before: Lock, _ after: Lock) {
    for entry in journal.entries where entry.outcome?.status == nil || entry.outcome?.status == .uncertain {
      let space = entry.intent.space
      let (old, new) = (before.spaces[space], after.spaces[space])
      let changes =
        switch entry.intent.operation {
        case .create, .move: old == nil && new != nil
        case .delete: old != nil && new == nil
        default: false
        }
      if changes, !witness.reads.contains(space) {
        witness.complain("\(entry.intent.operation.rawValue) of \(space) was settled without reading the Space")
      }
    }
  }

  /// Nothing of others is touched, nothing is lost, nothing is there twice.
  private mutating func checkSpaces(
    _ before: World, _ after: World, _ end: End, _ disturbance: Disturbance, _ recorded: Set<String>, _ isLenient: Bool
  ) {
    let plan: Reconciler.Plan? =
      switch end {
      case .ended(_, let plan), .refused(let plan): plan
      case .threw: nil
      }
    let blueprint = disturbance.act.flatMap { act in definitions.spaces.first { $0.number == act.space } }
    let acted = Set([blueprint?.id, blueprint?.movedFrom].compactMap { $0 })
    for (hubID, space) in after.spaces where before.spaces[hubID] == nil && !acted.contains(space.address) {
      if let blueprint = definitions.spaces.first(where: { $0.id == space.address }) { ours[hubID] = blueprint.number }
    }
    for (hubID, space) in before.spaces where after.spaces[hubID] == nil && !acted.contains(space.address) {
      guard witness.deleted.contains(space.address) else {
        witness.complain("\(space.address) is gone, and no apply deleted it")
        continue
      }
      if let plan,
        !plan.spaces.contains(where: { $0.address == space.address && $0.blocked == nil && $0.steps.contains(.destroy) })
      {
        witness.complain("\(space.address) was deleted, and the plan did not say so")
      }
      if !recorded.contains(hubID), ours[hubID] == nil { witness.complain("\(space.address) was deleted, and was not ours") }
    }
    // Who adopts another Space at the address lets go of the one that was there.
    if isLenient, let plan {
      let adopted = Set(plan.spaces.filter { $0.action == .adopt }.map(\.address))
      let numbers = Set(definitions.spaces.filter { adopted.contains($0.id) }.map(\.number))
      released.formUnion(ours.filter { numbers.contains($0.value) }.keys)
    }
    if let plan { checkKnown(plan, after) }
    checkStrangers(before, after, recorded, acted, isLenient)
    checkDoubles(after)
  }

  /// A Space that is neither recorded nor made by us stays as it is; keys that are not ours stay everywhere.
  private func checkStrangers(
    _ before: World, _ after: World, _ recorded: Set<String>, _ acted: Set<SpaceID>, _ isLenient: Bool
  ) {
    for (hubID, old) in before.spaces {
      guard let new = after.spaces[hubID], !acted.contains(new.address), !acted.contains(old.address) else { continue }
      if old.variables[ForeignAct.theirs] != new.variables[ForeignAct.theirs]
        || old.secrets[ForeignAct.theirs + "_SECRET"] != new.secrets[ForeignAct.theirs + "_SECRET"]
      {
        witness.complain("a key of \(new.address) that is not ours was touched")
      }
      guard !isLenient, !recorded.contains(hubID), ours[hubID] == nil, !witness.reachedLate.contains(new.address) else {
        continue
      }
      if old.variables != new.variables || old.secrets != new.secrets || old.repository.head != new.repository.head
        || old.visibility != new.visibility || old.life.requested != new.life.requested || old.address != new.address
      {
        witness.complain("\(new.address), which is not ours, was changed")
      }
    }
  }

  /// What we made is known to be ours: no Space of ours has to be adopted, no commit of ours counts as somebody else's. With
  /// another lock than the last one that may be.
  private func checkKnown(_ plan: Reconciler.Plan, _ world: World) {
    if scenario.steps.contains(where: { $0.state != nil || $0.savesPlan }) { return }
    for space in plan.spaces {
      if space.action == .adopt, let hubID = space.hubID, witness.made.contains(hubID), !released.contains(hubID),
        // One that arrived after the journal was settled: the next apply knows it.
        !witness.reachedLate.contains(space.address),
        // One with a commit of somebody else in it cannot be told from one that somebody else made.
        world.spaces[hubID]?.repository.commits.values.contains(where: { $0.author == "somebody" }) == false
      {
        witness.complain("\(space.address) is ours, and has to be adopted")
      }
      // One that arrived after the journal was settled and before the Space was looked at: the next apply knows it.
      // Files that were let go are anybody's.
      let letsGo = scenario.steps.contains { step in
        step.edits.contains { edit in
          [.content, .remove].contains(edit.kind)
            && definitions.spaces.contains { $0.number == edit.space && $0.id == space.address }
        }
      }
      if space.action != .adopt, !letsGo, !witness.reachedLate.contains(space.address), let first = space.foreignCommits.first,
        first.hasSuffix("with spaceform")
      {
        witness.complain("a commit of ours on \(space.address) counts as somebody else's: \(first)")
      }
    }
  }

  private func checkDoubles(_ world: World) {
    var byNumber: [Int: [String]] = [:]
    for (hubID, number) in ours where !released.contains(hubID) {
      if let space = world.spaces[hubID] { byNumber[number, default: []].append(space.address.description) }
    }
    for (number, addresses) in byNumber.sorted(by: { $0.key < $1.key }) where addresses.count > 1 {
      witness.complain("s\(number) was made twice: \(addresses.sorted())")
    }
  }

  /// The app of a Space is started no oftener than the plan says.
  private func checkRestarts(_ before: World, _ after: World, _ plan: Reconciler.Plan) {
    let plans = Dictionary(plan.spaces.map { ($0.address, $0) }) { first, _ in first }
    for (hubID, new) in after.spaces {
      guard let old = before.spaces[hubID], let space = plans[new.address] else { continue }
      // What an earlier apply has sent is not of this plan.
      if witness.reachedLate.contains(old.address) || witness.reachedLate.contains(new.address) { continue }
      // That a rename starts the app again no source says; the simulated Hub takes it to.
      let announced = space.effect >= .restart || space.action == .move ? 1 : 0
      let seen = new.life.starts - old.life.starts
      if seen > announced { witness.complain("\(new.address) was started \(seen) times, and the plan said \(announced)") }
    }
  }

  /// Right after an apply that did everything, a plan is empty, the Hub is as defined, and an apply writes nothing.
  private mutating func checkNothingLeft(isLenient: Bool, number: Int) async {
    // What an earlier apply gave up may undo what this one did; the next one sees it.
    guard late.isEmpty, witness.reachedLate.isEmpty, let (plan, lock) = await plan(isLenient: isLenient) else { return }
    for space in plan.spaces where space.action != .none || space.isBlocked {
      witness.complain(
        "after an apply the plan of \(space.address) is \(space.action.rawValue) \(space.changes.map(\.path)) \(space.notes) \((space.blocked ?? space.blockedContent)?.reason ?? "")"
      )
    }
    let world = await hub.snapshot
    for complaint in Truth.complaints(definitions.spaces, world, mistaken: mistaken, late: witness.everReachedLate) {
      witness.complain(complaint)
    }
    let declared = Set(definitions.spaces.map(\.id))
    let recorded = Set((lock ?? Lock(project: "", hub: "")).spaces.keys)
    if !declared.isSubset(of: recorded) { witness.complain("the lock lacks \(declared.subtracting(recorded).sorted())") }
    if number < 0, let journal = try? store.openJournal() {
      witness.complain("a journal is open: \(journal.entries.count) entries")
    }
    let end = await apply(Disturbance(), parallelism: 4, isLenient: isLenient)
    if witness.writingCalls > 0 {
      witness.complain("an apply with nothing to do made \(witness.writingCalls) writing calls: \(end.words)")
    }
  }
}
