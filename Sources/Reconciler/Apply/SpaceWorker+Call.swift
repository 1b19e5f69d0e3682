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

  /// Makes one call that writes: intent, call, outcome. A lost answer is settled by `settle`; a write that certainly had no
  /// effect is tried again, three times at most.
  func write<Value: Sendable>(
    _ operation: Intent.Operation, details: [String: JSONValue] = [:], doing: String,
    call: (Intent) async throws(HubError) -> Value, result: (Value) -> [String: JSONValue] = { _ in [:] },
    settle: (Intent, HubError) async -> Settlement<Value>,
    record: @escaping @Sendable (inout Lock, Value) -> Void
  ) async throws(Failure) -> Value {
    var attempt = 0
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
        return value
      case .failure(let thrown): error = thrown
      }
      // A try that finds the address taken may have met an earlier one of ours, whose answer was lost.
      let hasEarlier = attempt > 1 || (operation == .create && shared.request.openCreations[plan.address] != nil)
      let metItself = hasEarlier && error.isAboutTakenAddress
      if error.outcomeUnknown || metItself {
        switch await settle(intent, error) {
        case .happened(let value):
          try await settleDone(intent, value, result(value), record)
          return value
        case .didNotHappen: try await shared.ledger.settle(intent, .failed)
        case .unclear:
          try await shared.ledger.settle(intent, .uncertain)
          throw error.failure(doing: doing)
        }
      } else {
        try await shared.ledger.settle(intent, .failed)
        guard error.kind == .busy else { throw error.failure(doing: doing) }
      }
      guard attempt < 4, !shared.request.isInterrupted() else { throw error.failure(doing: doing) }
      await shared.request.clock.sleep(Double(attempt))
    }
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
      operation, details: details, doing: doing, call: call, settle: { _, _ in Settlement<Void>.didNotHappen },
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
  fileprivate var isAboutTakenAddress: Bool { if case .alreadyExists = kind { true } else { false } }
}
