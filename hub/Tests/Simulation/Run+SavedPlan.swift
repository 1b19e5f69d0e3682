import Diagnostics
import Foundation
import HubSimulator
import Reconciler
import SpaceModel
import State

extension Run {
  /// A plan that was saved is applied as it is, or refused because something it rests on has changed since.
  mutating func checkSavedPlan(_ step: Scenario.Step) async {
    // A call that arrives between two plans makes the first one stale, as it should.
    guard late.isEmpty else { return }
    guard let (plan, lock) = await plan(isLenient: step.isLenient), plan.refusals.isEmpty else { return }
    let text = plan.json.prettyText
    checkNoSecret(text, "the saved plan")
    do throws(Failure) {
      let saved = try SavedPlan(bytes: Array(text.utf8), name: "saved.plan")
      guard let address = saved.addresses.min() else { return }
      guard let again = await self.plan(isLenient: step.isLenient)?.plan else { return }
      let bound = try saved.bound(to: again, name: "saved.plan")
      if bound.operationsDigest != plan.operationsDigest { witness.complain("a saved plan became another one by itself") }
      guard await disturb(address, lock, step), let fresh = await self.plan(isLenient: step.isLenient)?.plan else { return }
      await expectRefusal(saved, fresh, address)
    } catch {
      witness.complain("a plan that was just saved cannot be applied: \(error)")
    }
    if let lock { try? LockCodec.text(lock).write(toFile: lockPath, atomically: true, encoding: .utf8) }
  }

  private func expectRefusal(_ saved: SavedPlan, _ fresh: Reconciler.Plan, _ address: SpaceID) async {
    do throws(Failure) {
      _ = try saved.bound(to: fresh, name: "saved.plan")
      witness.complain("a saved plan was taken although \(address) had changed")
    } catch {
      if error.status != .stale { witness.complain("a stale plan was refused as \(error.status): \(error)") }
    }
  }

  /// Changes something the plan rests on; false when there was nothing to change.
  private mutating func disturb(_ address: SpaceID, _ lock: Lock?, _ step: Scenario.Step) async -> Bool {
    witness.note("a saved plan gets stale by \(step.disturbance.seed % 3)")
    time.pass(1)
    switch step.disturbance.seed % 3 {
    case 0:
      let kind: ForeignAct.Kind = await hub.snapshot.hubID(of: address) == nil ? .squat : .commit
      let isStatic = definitions.spaces.contains { $0.id == address && $0.sdk == .static }
      await ForeignAct(kind: kind, space: 0, value: 1000 + step.number).perform(on: hub, at: address, isStatic: isStatic)
      return await hub.snapshot.hubID(of: address) != nil
    case 1:
      guard lock?.spaces[address] != nil else { return false }
      try? FileManager.default.removeItem(atPath: lockPath)
      return true
    default:
      guard let index = definitions.spaces.firstIndex(where: { $0.id == address }) else { return false }
      definitions.spaces[index].variables["STALE"] = "\(step.number)"
      return true
    }
  }
}
