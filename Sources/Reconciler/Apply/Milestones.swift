import HubAPI
import SpaceModel

/// Who has come how far, for those who wait for it.
actor Milestones {
  enum Milestone: Hashable, Sendable {
    /// The Space is at its address.
    case exists(SpaceID)
    /// Everything planned for the Space is done.
    case finished(SpaceID)
  }

  private var reached: [Milestone: Bool] = [:]
  private var waiting: [Milestone: [CheckedContinuation<Bool, Never>]] = [:]

  /// - Parameter success: false when it will never be reached.
  func reach(_ milestone: Milestone, success: Bool) {
    guard reached[milestone] == nil else { return }
    reached[milestone] = success
    for continuation in waiting.removeValue(forKey: milestone) ?? [] { continuation.resume(returning: success) }
  }

  /// Whether the milestone was reached, once that is known.
  func wait(for milestone: Milestone) async -> Bool {
    if let success = reached[milestone] { return success }
    return await withCheckedContinuation { waiting[milestone, default: []].append($0) }
  }
}

/// A bound on how many work at once; first come, first served.
actor Slots {
  private var free: Int
  private var queue: [CheckedContinuation<Void, Never>] = []

  init(_ count: Int) { free = count }

  func acquire() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { queue.append($0) }
    }
  }

  func release() {
    if queue.isEmpty { free += 1 } else { queue.removeFirst().resume() }
  }
}

/// What other Spaces answer, growing as Spaces are created.
actor ReferenceBook {
  private var references: References

  init(_ references: References) { self.references = references }

  func learn(_ address: SpaceID, from info: SpaceInfo) { references.learn(address, from: info) }
  func render(_ template: ValueTemplate) -> (value: String, isPredicted: Bool) { references.render(template) }
}
