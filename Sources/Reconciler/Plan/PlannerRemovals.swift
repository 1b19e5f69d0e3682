import HubAPI
import SpaceModel
import State

/// Spaces that are recorded and no longer defined.
extension Planner {
  func planRemoval(_ address: SpaceID) -> SpacePlan {
    var plan = SpacePlan(address: address, action: .destroy)
    guard let record = lock.spaces[address] else { return plan }
    let observed = input.observation.spaces[address]
    plan.binding.record = record.digest
    plan.binding.live = observed?.projection.digest
    plan.hubID = record.hubID
    plan.stage = observed?.info.runtime?.stage
    if let removal = removals[address], !removal.destroy {
      plan.action = .forget
      plan.steps = [.forget]
      plan.notes = ["forgotten by `removed:`; the Space itself stays on the Hub"]
      return plan
    }
    if observed == nil, let now = input.observation.addresses[record.hubID], now != address {
      plan.blocked = Refusal(
        "\(address) is no longer defined, and was renamed on the Hub: it is at \(now)",
        help: "Rename it back on the Hub, or let it go with `removed: [{ space: \(address), destroy: false }]`")
      return plan
    }
    if input.observation.absent.contains(address) {
      plan.action = .forget
      plan.steps = [.forget]
      plan.notes = ["no longer defined, and gone from the Hub"]
      return plan
    }
    plan.changes = [Change(path: "address", old: .string("\(address)"), new: nil, effect: .replace)]
    plan.steps = [.destroy]
    plan.blocked = removalBlock(address, record, observed)
    return plan
  }

  private func removalBlock(_ address: SpaceID, _ record: LockRecord, _ observed: ObservedSpace?) -> Refusal? {
    if let why = input.observation.unknown[address] {
      return Refusal(
        "\(address) cannot be seen: \(why)", help: "Use a token that may read all of \(address.owner)",
        status: .notAllowed)
    }
    if let observed, observed.info.hubID != record.hubID {
      return Refusal(
        "\(address) is another Space than the recorded one",
        help: "`removed: [{ space: \(address), destroy: false }]` forgets the recorded one and leaves this one alone")
    }
    if record.preventDestroy {
      return Refusal(
        "\(address) is no longer defined, and was applied with `prevent_destroy`",
        help: "Bring the definition back with `prevent_destroy: false`, apply, and remove it then")
    }
    if removals[address] == nil, !input.options.allowDestroy {
      let twin = input.fleet.spaces.first {
        lock.spaces[$0.id] == nil && record.content != nil && input.manifests[$0.id]?.digest == record.content?.digest
      }
      if let twin {
        return Refusal(
          "\(address) is no longer defined, and \(twin.id) has the same files: it looks renamed",
          help: "Add `moved_from: \(address)` to \(twin.file) to rename it without losing anything")
      }
      return Refusal(
        "\(address) is no longer defined, and nothing says that it may be destroyed",
        help:
          "Add `removed: [{ space: \(address), destroy: true }]` to spaceform.yaml (`destroy: false` keeps the Space and forgets it)"
      )
    }
    return nil
  }

  func limitDestroys(_ spaces: inout [SpacePlan]) {
    let destroys = spaces.indices.filter { spaces[$0].steps.contains(.destroy) && spaces[$0].blocked == nil }
    guard destroys.count > input.options.maximumDestroys else { return }
    for index in destroys {
      spaces[index].blocked = Refusal(
        "the plan destroys \(destroys.count) Spaces, and \(input.options.maximumDestroys) is the most allowed at once",
        help: "`--max-destroy \(destroys.count)` permits it, once every one of them has been looked at")
    }
  }
}
