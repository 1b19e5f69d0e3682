import Diagnostics
import HubAPI
import SpaceModel
import State

extension SpaceWorker {
  /// What reading back showed of a write whose answer was lost.
  enum Settlement<Value: Sendable>: Sendable {
    case happened(Value)
    case didNotHappen
    case unclear
  }

  /// Makes one call that writes: intent, call, outcome. A lost answer is settled by `settle`; a write that had no effect is tried
  /// again, three times at most.
  ///
  /// A try that got lost may reach the Hub later, whatever reading shows now. It stays open until another try has taken its
  /// place, so that an apply which ends before leaves it to the next one.
  ///
  /// - Parameters:
  ///   - superseded: what becomes of lost tries once another one has succeeded.
  ///   - settle: what reading shows of these tries, the oldest first.
  func write<Value: Sendable>(
    _ operation: Intent.Operation, details: [String: JSONValue] = [:], doing: String, superseded: Outcome.Status = .failed,
    call: (Intent) async throws(HubError) -> Value, result: (Value) -> [String: JSONValue] = { _ in [:] },
    settle: ([Intent], HubError) async -> Settlement<Value>,
    record: @escaping @Sendable (inout Lock, Value) -> Void
  ) async throws(Failure) -> Value {
    var attempt = 0
    var lost: [Intent] = []
    while true {
      attempt += 1
      let intent = try await shared.ledger.intend(
        operation, on: plan.address, details: details, hubTime: await hubTime())
      let answer: Result<Value, HubError>
      do throws(HubError) { answer = .success(try await call(intent)) } catch { answer = .failure(error) }
      let error: HubError
      switch answer {
      case .success(let value):
        try await settleDone(intent, value, result(value), record)
        for earlier in lost { try await shared.ledger.settle(earlier, superseded) }
        return value
      case .failure(let thrown): error = thrown
      }
      // A try that is refused because it is done already may have met an earlier one of ours, whose answer was lost.
      let hasEarlier = !lost.isEmpty || (operation == .create && shared.request.openCreations[plan.address] != nil)
      if error.outcomeUnknown || (hasEarlier && error.isAboutItself) {
        lost.append(intent)
        switch await settle(lost, error) {
        case .happened(let value):
          try await settleDone(intent, value, result(value), record)
          for earlier in lost.dropLast() { try await shared.ledger.settle(earlier, superseded) }
          return value
        case .didNotHappen: break
        case .unclear: throw try await leave(lost, error.failure(doing: doing))
        }
      } else {
        try await shared.ledger.settle(intent, .failed)
        guard error.kind == .busy else { throw try await leave(lost, error.failure(doing: doing)) }
      }
      guard attempt < 4, !shared.request.isInterrupted() else { throw try await leave(lost, error.failure(doing: doing)) }
      await shared.request.clock.sleep(Double(attempt))
    }
  }

  /// Leaves tries that may yet reach the Hub to the next apply.
  private func leave(_ lost: [Intent], _ failure: Failure) async throws(Failure) -> Failure {
    for intent in lost { try await shared.ledger.settle(intent, .uncertain) }
    return failure
  }

  private func settleDone<Value: Sendable>(
    _ intent: Intent, _ value: Value, _ result: [String: JSONValue],
    _ record: @escaping @Sendable (inout Lock, Value) -> Void
  ) async throws(Failure) {
    try await shared.ledger.settle(intent, .done, result: result) { record(&$0, value) }
  }

  /// A write that may be repeated without harm: the same value set again is the same value.
  func writeRepeatable(
    _ operation: Intent.Operation, details: [String: JSONValue] = [:], doing: String,
    call: (Intent) async throws(HubError) -> Void, record: @escaping @Sendable (inout Lock) -> Void
  ) async throws(Failure) {
    _ = try await write(
      operation, details: details, doing: doing, superseded: .done, call: call,
      settle: { _, _ in Settlement<Void>.didNotHappen },
      record: { lock, _ in record(&lock) })
  }

  /// Our clock corrected by what the Hub's answers say of theirs.
  func hubTime() async -> Timestamp {
    shared.request.clock.now().advanced(bySeconds: await hub.clockOffset ?? 0)
  }

  /// The definition of a Space that is written to; destroys and forgets have none.
  func required() throws(Failure) -> SpaceDefinition {
    guard let definition else {
      throw Failure(doing: "applying \(plan.address)", problem: "the plan names a Space without a definition")
    }
    return definition
  }
}

extension HubError {
  /// The address is taken or the branch has moved: by somebody else, or by an earlier try of the same write.
  fileprivate var isAboutItself: Bool {
    switch kind {
    case .alreadyExists, .staleParent: true
    default: false
    }
  }
}
