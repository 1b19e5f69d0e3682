import SpaceModel
import State

/// What each Space waits for before it is begun.
struct Prerequisites: Sendable {
  private var milestones: [SpaceID: [Milestones.Milestone]] = [:]

  init(_ plan: Plan, definitions: [SpaceID: SpaceDefinition], lock: Lock) {
    // A blocked Space is never begun, so nobody can wait for it: what exists counts as there.
    let running = Dictionary(plan.spaces.filter { $0.blocked == nil }.map { ($0.address, $0) }) { first, _ in first }
    for space in running.values {
      guard let definition = definitions[space.address] else { continue }
      var waits: [Milestones.Milestone] = []
      for other in definition.references where other != space.address && running[other]?.changesAddress == true {
        waits.append(.exists(other))
      }
      for other in definition.dependsOn where other != space.address && running[other] != nil {
        waits.append(.finished(other))
      }
      milestones[space.address] = waits
    }
    // Destroys run in reverse: first what depends, then what it depends on.
    let destroyed = running.values.filter { $0.action == .destroy }
    for space in destroyed {
      for other in destroyed where lock.spaces[other.address]?.dependsOn.contains(space.address) == true {
        milestones[space.address, default: []].append(.finished(other.address))
      }
    }
    breakCycles()
  }

  /// Definitions have no cycles, but what is recorded may have one: a lock merged by hand, or two applies of which one half was
  /// done. Whoever waits in a circle would wait for ever, so the wait that closes one is left out.
  private mutating func breakCycles() {
    var isDone: [SpaceID: Bool] = [:]
    for start in milestones.keys.sorted() where isDone[start] == nil {
      var path: [(address: SpaceID, next: Int)] = [(start, 0)]
      isDone[start] = false
      while let (address, next) = path.last {
        let waits = milestones[address] ?? []
        guard next < waits.count else {
          isDone[address] = true
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        switch isDone[waits[next].space] {
        case true?: break
        case false?:
          milestones[address]?.remove(at: next)
          path[path.count - 1].next -= 1
        case nil:
          isDone[waits[next].space] = false
          path.append((waits[next].space, 0))
        }
      }
    }
  }

  subscript(address: SpaceID) -> [Milestones.Milestone] { milestones[address] ?? [] }
}

extension SpacePlan {
  /// Whether the Space comes to its address only by this apply.
  fileprivate var changesAddress: Bool { steps.contains(.create) || movedFrom != nil }
}
