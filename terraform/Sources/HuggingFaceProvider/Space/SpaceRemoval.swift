import CtyCore
import Diagnostics
import HubAPI
import ProviderKit
import Reconciler
import SpaceModel
import State

/// Deletes one Space, and no other that may have come to its address.
struct SpaceRemoval {
  private let memory: SpaceMemory?
  private let address: SpaceID
  private let hub: SharingHub
  private let limit: TimeSpan?

  init(_ prior: StoredState, _ access: HubAccess) throws(ProviderError) {
    memory = SpaceMemory(prior.privateData)
    address = try Addresses.space(prior.value["id"], at: .attribute("id"))
    hub = try access.single()
    limit = SpaceTimeouts.limit(prior.value, "delete")
  }

  func apply() async throws(ProviderError) {
    guard let record = try await record() else { return }
    let project = Project(name: "terraform", removed: [Removal(space: address, destroy: true)])
    let engine = SpaceEngine(
      fleet: Fleet(project: project, spaces: []), lock: SpaceMemory.lock([address: record], endpoint: hub.endpoint),
      content: nil, secrets: SpaceSecrets(.null), options: PlanOptions(allowDestroy: true), hub: hub, lockKey: nil,
      limit: limit)
    let observation: Observation
    do throws(Failure) { observation = try await engine.observe() } catch { throw ProviderError(error, path: nil) }
    let plan = engine.plan(observation)
    if let blocked = plan.spaces.compactMap(\.blocked).first ?? plan.refusals.first {
      throw ProviderError(
        blocked, help: "Refresh the state, or take the Space out of it with `terraform state rm`", path: .attribute("id"))
    }
    if let failure = await engine.apply(plan, observation).failure { throw failure }
  }

  /// The record, or what stands for it where there is none; nil when the Space is gone.
  private func record() async throws(ProviderError) -> LockRecord? {
    if let memory { return memory.record }
    do throws(HubError) { return LockRecord(hubID: try await hub.space(address).hubID) } catch {
      if error.isNotFound { return nil }
      throw ProviderError("Reading the Space \(address)", error)
    }
  }
}
