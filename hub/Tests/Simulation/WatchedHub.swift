import HubAPI
import HubSimulator
import SpaceModel
import State

/// The simulated Hub behind a connection that may break, seen by the witness.
struct WatchedHub: HubAPI {
  let hub: SimulatedHub
  let witness: Witness
  let time: SimulatedTime
  let late: LateCalls
  /// What a second apply does.
  let race: @Sendable () async -> Void
  /// How a Space is declared, for acts of others.
  let blueprint: @Sendable (Int) -> Blueprint?

  var endpoint: String { hub.endpoint }
  var clockOffset: Double? { get async { time.hubOffset } }
  var quota: Quota? { get async { await hub.quota } }

  // MARK: Calls

  private func boundary(_ name: String, writes: Bool) async throws(HubError) {
    await late.pass()
    let due = witness.cross(mayWait: true)
    if due.races { await race() }
    if let act = due.act, let space = blueprint(act.space) {
      witness.note("elsewhere \(act)")
      time.pass(5)
      await act.perform(on: hub, at: space.id, isStatic: space.sdk == .static)
      time.pass(5)
    }
    if due.isDead {
      throw HubError(kind: .transport, call: name, message: "the process is dead", outcomeUnknown: writes)
    }
  }

  private static func failed(_ name: String, _ fault: Witness.Fault, writes: Bool) -> HubError {
    switch fault {
    case .before: HubError(kind: .server, call: name, status: 503, message: "a planned fault")
    case .limited: HubError(kind: .rateLimited(after: 1), call: name, status: 429, message: "a planned limit")
    case .busy: HubError(kind: .busy, call: name, status: 409, message: "another create is under way")
    case .lost, .late: HubError(kind: .transport, call: name, message: "the answer was lost", outcomeUnknown: writes)
    }
  }

  func read<Value: Sendable>(
    _ name: String, _ space: SpaceID? = nil, _ body: () async throws(HubError) -> Value
  ) async throws(HubError) -> Value {
    try await boundary(name, writes: false)
    if let fault = witness.fault(isWrite: false, isCreate: false, mayBeLate: false) {
      throw Self.failed(name, fault, writes: false)
    }
    let value: Value
    do throws(HubError) {
      value = try await body()
    } catch {
      if error.isNotFound, let space { witness.read(space) }
      throw error
    }
    try await boundary(name, writes: false)
    if let space { witness.read(space) }
    return value
  }

  /// - Parameter canBeLate: whether a call that got lost may still arrive. Of deletes and moves it is not assumed: whoever asks
  ///   the Hub then and makes the Space anew would have it deleted, and nothing can be done about that.
  func write<Value: Sendable>(
    _ operation: Intent.Operation, _ space: SpaceID, canBeLate: Bool = true,
    _ body: @escaping @Sendable () async throws(HubError) -> Value
  ) async throws(HubError) -> Value {
    let name = operation.rawValue
    try await boundary(name, writes: true)
    let intent = witness.writes(operation, on: space)
    let fault = witness.fault(isWrite: true, isCreate: operation == .create, mayBeLate: canBeLate)
    switch fault {
    case .before?, .limited?, .busy?:
      witness.note("\(name) \(space): refused")
      throw Self.failed(name, fault ?? .before, writes: false)
    case .late?:
      witness.note("\(name) \(space): lost on the way")
      witness.lost(intent)
      late.add(after: witness.delay()) { [witness] in
        do throws(HubError) {
          if let created = try await body() as? CreatedSpace { witness.made(created.hubID) }
          witness.reachedLate(space)
          witness.note("\(name) \(space): arrived late")
        } catch {
          witness.note("\(name) \(space): arrived late and was refused")
        }
      }
      throw Self.failed(name, .late, writes: true)
    case .lost?, nil: break
    }
    let value: Value
    do throws(HubError) {
      value = try await body()
    } catch {
      witness.note("\(name) \(space): \(error.kind)")
      throw error
    }
    if let created = value as? CreatedSpace { witness.made(created.hubID) }
    if fault != nil {
      witness.note("\(name) \(space): done, answer lost")
      witness.lost(intent)
      throw Self.failed(name, .lost, writes: true)
    }
    do throws(HubError) {
      try await boundary(name, writes: true)
    } catch {
      witness.lost(intent)
      throw error
    }
    witness.note("\(name) \(space): done")
    witness.confirmed(operation, on: space)
    return value
  }
}
