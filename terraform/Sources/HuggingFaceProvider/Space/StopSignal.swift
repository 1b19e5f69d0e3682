import Locking
import SpaceModel

/// Whether to stop: what is under way is finished, and nothing new begun.
final class StopSignal: Sendable {
  enum Reason: Sendable {
    /// Terraform asked for it.
    case cancelled
    /// The time is over that the resource gives to it.
    case timeout(TimeSpan)
  }

  private let raised = Locked<Reason?>(nil)

  /// Why to stop; nil while nobody wants to.
  var reason: Reason? { raised.withLock { $0 } }

  /// The first reason is the one that counts.
  func raise(_ reason: Reason) { raised.withLock { $0 = $0 ?? reason } }

  /// Does work that goes on when the caller is cancelled or the time is over, and gets to know of it by ``reason``.
  func watch<Result: Sendable>(limit: TimeSpan?, _ work: @escaping @Sendable () async -> Result) async -> Result {
    let clock = limit.map { limit in
      Task {
        try await Task.sleep(for: .seconds(limit.seconds))
        raise(.timeout(limit))
      }
    }
    defer { clock?.cancel() }
    let task = Task { await work() }
    return await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      raise(.cancelled)
    }
  }
}
