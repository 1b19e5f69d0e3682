import Locking

/// Lets a bounded number of exchanges run at once; the others wait their turn, first come first served.
final class Gate: Sendable {
  private struct State: Sendable {
    var free: Int
    var nextID: UInt64 = 0
    var queue: [UInt64] = []
    var head = 0
    var waiting: [UInt64: CheckedContinuation<Bool, Never>] = [:]
    /// Cancelled before they had begun to wait.
    var withdrawn: Set<UInt64> = []
  }

  private let state: Locked<State>

  init(width: Int) { state = Locked(State(free: max(1, width))) }

  /// True when a place was taken, which `leave` gives back; false when the task was cancelled while waiting.
  func enter() async -> Bool {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    let entered = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let now: Bool? = state.withLock { state in
          if state.withdrawn.remove(id) != nil { return false }
          if state.free > 0 {
            state.free -= 1
            return true
          }
          state.queue.append(id)
          state.waiting[id] = continuation
          return nil
        }
        if let now { continuation.resume(returning: now) }
      }
    } onCancel: {
      let continuation = state.withLock { state in
        if let continuation = state.waiting.removeValue(forKey: id) { return Optional(continuation) }
        state.withdrawn.insert(id)
        return nil
      }
      continuation?.resume(returning: false)
    }
    state.withLock { state in _ = state.withdrawn.remove(id) }
    return entered
  }

  func leave() {
    let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
      while state.head < state.queue.count {
        let id = state.queue[state.head]
        state.head += 1
        if state.head == state.queue.count {
          state.queue = []
          state.head = 0
        }
        if let continuation = state.waiting.removeValue(forKey: id) { return continuation }
      }
      state.free += 1
      return nil
    }
    next?.resume(returning: true)
  }
}
