import HubAPI
import SpaceModel

/// The simulated Hub behind the engine's own interface, in the same process: time comes from a closure, and another closure
/// may make any call fail before it has its effect or lose its answer after it. With a seeded closure a whole apply replays.
public actor SimulatedHub: HubAPI {
  /// Where in a call the fault closure is asked.
  public enum Phase: Hashable, Sendable {
    /// Nothing has happened yet.
    case before
    /// The effect is there; an error now is a lost answer.
    case after
  }

  /// Decides whether a call fails here: its name (`create`, `commit`, …) and the phase.
  public typealias Fault = @Sendable (String, Phase) -> HubError?

  public nonisolated let endpoint: String
  private var world: World
  private let token: String?
  private let clock: @Sendable () -> Timestamp
  private let fault: Fault
  private var largeObjects: [String: [UInt8]] = [:]
  /// Every call by name, in the order they came.
  public private(set) var calls: [String] = []

  /// - Parameters:
  ///   - world: the accounts and Spaces that there are.
  ///   - token: whose calls these are.
  ///   - endpoint: the address that it gives as its own.
  ///   - clock: the simulated time.
  ///   - fault: asked twice for every call.
  public init(
    world: World = .standard(), token: String? = "hf_local", endpoint: String = "http://simulated.local",
    clock: @escaping @Sendable () -> Timestamp, fault: @escaping Fault = { _, _ in nil }
  ) {
    self.world = world
    self.token = token
    self.endpoint = endpoint
    self.clock = clock
    self.fault = fault
  }

  public var clockOffset: Double? { 0 }
  public var quota: Quota? { Quota(remaining: 6000, resetsIn: 300, limit: 6000) }

  /// The state, for a test to look at.
  public var snapshot: World { world }

  /// Changes the state from outside: what another person or the platform does.
  public func rehearse<Result: Sendable>(
    _ body: @Sendable (inout World, Timestamp) throws(Refusal) -> Result
  ) throws(Refusal) -> Result {
    try body(&world, clock())
  }

  /// One call: fault before, effect, fault after; refusals become the client's errors.
  func call<Result>(
    _ name: String, writes: Bool = false, _ body: (inout World, Caller, Timestamp) throws(Refusal) -> Result
  ) throws(HubError) -> Result {
    calls.append(name)
    if let error = fault(name, .before) { throw error }
    let result: Result
    let now = clock()
    do throws(Refusal) {
      let caller = try world.caller(token: token, at: now)
      result = try body(&world, caller, now)
    } catch {
      throw HubError(kind: error.kind, call: name, status: error.status, message: error.message)
    }
    if var error = fault(name, .after) {
      if writes { error.outcomeUnknown = true }
      throw error
    }
    return result
  }

  func keep(_ bytes: [UInt8], _ sha256: String) { largeObjects[sha256] = bytes }
  func largeObject(_ sha256: String) -> [UInt8]? { largeObjects[sha256] }
}
