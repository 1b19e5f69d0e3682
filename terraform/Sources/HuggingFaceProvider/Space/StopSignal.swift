import Locking

/// Whether Terraform has asked the provider to stop: what is under way is finished, and nothing new begun.
final class StopSignal: Sendable {
  private let raised = Locked(false)

  var isRaised: Bool { raised.withLock { $0 } }

  func raise() { raised.withLock { $0 = true } }

  /// Does work that goes on when the caller is cancelled, and gets to know of it by ``isRaised``.
  func watch<Result: Sendable>(_ work: @escaping @Sendable () async -> Result) async -> Result {
    let task = Task { await work() }
    return await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      raise()
    }
  }
}
