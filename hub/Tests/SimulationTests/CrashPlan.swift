import Diagnostics
import HubAPI
import HubSimulator
import Locking
import Simulation
import SpaceModel
import State

/// Where the process dies, and which calls fail on the way: both by counting boundaries, so that every one can be tried.
///
/// A boundary is a call's moment before its effect, the moment after it, and every write to the state.
final class CrashPlan: Sendable {
  private struct State: Sendable {
    var boundaries = 0
    var isDead = false
    var generator: SeededGenerator
  }

  private let crashAt: Int?
  /// The HTTP client repeats reads by itself, so they fail less often than calls that write.
  private static let reads: Set<String> = [
    "whoami", "list", "info", "runtime", "variables", "secrets", "tree", "resolve", "commits", "hardware-list", "logs",
    "preupload",
  ]

  /// Of a thousand calls that write, how many fail before and after their effect.
  private let faultsPerMille: UInt64
  /// Reads fail as often as writes, as with a client that does not repeat them.
  private let readsToo: Bool
  private let state: Locked<State>

  init(crashAt: Int? = nil, faultsPerMille: UInt64 = 0, readsToo: Bool = false, seed: UInt64 = 0) {
    self.readsToo = readsToo
    self.crashAt = crashAt
    self.faultsPerMille = faultsPerMille
    state = Locked(State(generator: SeededGenerator(seed: seed)))
  }

  var boundaries: Int { state.withLock { $0.boundaries } }
  var isDead: Bool { state.withLock { $0.isDead } }

  /// Whether the process is dead at this boundary.
  func crosses() -> Bool {
    state.withLock { state in
      state.boundaries += 1
      if state.boundaries == crashAt { state.isDead = true }
      return state.isDead
    }
  }

  func fault(_ name: String, _ phase: SimulatedHub.Phase) -> HubError? {
    if crosses() { return HubError(kind: .transport, call: name, message: "the process is dead", outcomeUnknown: true) }
    guard faultsPerMille > 0 else { return nil }
    let rate = Self.reads.contains(name) && !readsToo ? faultsPerMille / 8 : faultsPerMille
    return state.withLock { state in
      guard UInt64.random(in: 0..<1000, using: &state.generator) < rate else { return nil }
      return HubError(
        kind: phase == .after ? .transport : .server, call: name, status: phase == .after ? nil : 503,
        message: "a planned fault", outcomeUnknown: phase == .after)
    }
  }
}

/// A session whose process may be dead: nothing it is told reaches the disk any more.
struct MortalSession: StateSession {
  let session: any StateSession
  let plan: CrashPlan

  var base: Lock? { session.base }
  var inherited: OpenJournal? { session.inherited }

  func record(_ intent: Intent) throws(Failure) {
    try live()
    try session.record(intent)
  }

  func record(_ outcome: Outcome) throws(Failure) {
    try live()
    try session.record(outcome)
  }

  func save(_ lock: Lock) throws(Failure) {
    try live()
    try session.save(lock)
  }

  func close(settled: Bool) throws(Failure) {
    try live()
    try session.close(settled: settled)
  }

  private func live() throws(Failure) {
    if plan.crosses() { throw Failure(doing: "simulating", problem: "the process is dead") }
  }
}
