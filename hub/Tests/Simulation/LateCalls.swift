import Locking

/// Calls whose connection broke before the Hub had them, and which reach it later.
final class LateCalls: Sendable {
  private struct Late: Sendable {
    var boundaries: Int
    var arrive: @Sendable () async -> Void
  }
  private let calls = Locked<[Late]>([])

  func add(after boundaries: Int, _ arrive: @escaping @Sendable () async -> Void) {
    calls.withLock { $0.append(Late(boundaries: boundaries, arrive: arrive)) }
  }

  var isEmpty: Bool { calls.withLock { $0.isEmpty } }

  /// One boundary has passed: what is due arrives.
  func pass() async {
    let due = calls.withLock { calls in
      for index in calls.indices { calls[index].boundaries -= 1 }
      let due = calls.filter { $0.boundaries <= 0 }
      calls.removeAll { $0.boundaries <= 0 }
      return due
    }
    for call in due { await call.arrive() }
  }

  /// Everything that is still under way arrives.
  func arriveAll() async {
    let all = calls.withLock { calls in
      defer { calls = [] }
      return calls
    }
    for call in all { await call.arrive() }
  }
}
