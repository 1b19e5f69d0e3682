import HubAPI
import Locking
import SpaceModel
import State

/// Sees every call and every write to the state of one run, decides what goes wrong, and notes which promise is broken.
final class Witness: Sendable {
  private struct State: Sendable {
    var disturbance = Disturbance()
    var generator = SeededGenerator(seed: 0)
    var boundaries = 0
    var writes = 0
    var isDead = false
    var hasRaced = false
    var hasActed = false
    var writeHasFailed = false
    var intents: [Intent] = []
    var lost: Set<String> = []
    var reads: Set<SpaceID> = []
    var moves: [SpaceID: SpaceID] = [:]
    var deleted: Set<SpaceID> = []
    /// Spaces that a lost call of an earlier apply has reached during this one.
    var reachedLate: Set<SpaceID> = []
    /// Spaces that any lost call has ever reached.
    var everReachedLate: Set<SpaceID> = []
    /// Hub ids of Spaces that a create of ours made, whether its answer came or not.
    var made: Set<String> = []
    /// What was begun on a Space once Ctrl-C was pressed.
    var begunLate: [SpaceID: Set<String>] = [:]
    var calls = 0
    var writingCalls = 0
    var complaints: [String] = []
    var trace: UInt64 = 0xCBF2_9CE4_8422_2325
    var log: [String]?
  }
  private let state: Locked<State>

  /// - Parameter keepsLog: whether every event is kept as a line, for a person who looks at one run.
  init(keepsLog: Bool) { state = Locked(State(log: keepsLog ? [] : nil)) }

  // MARK: One apply

  func begin(_ disturbance: Disturbance) {
    state.withLock { state in
      state.disturbance = disturbance
      state.generator = SeededGenerator(seed: disturbance.seed)
      (state.boundaries, state.writes, state.calls, state.writingCalls) = (0, 0, 0, 0)
      (state.isDead, state.hasRaced, state.hasActed, state.writeHasFailed) = (false, false, false, false)
      (state.intents, state.lost, state.reads, state.moves, state.deleted) = ([], [], [], [:], [])
      (state.reachedLate, state.begunLate) = ([], [:])
    }
    note("apply: \(disturbance)")
  }

  /// What the plan moves, since intents name the new address and calls before the move the old one.
  func expect(moves: [SpaceID: SpaceID]) { state.withLock { $0.moves = moves } }

  var isDead: Bool { state.withLock { $0.isDead } }
  var writeHasFailed: Bool { state.withLock { $0.writeHasFailed } }
  var writingCalls: Int { state.withLock { $0.writingCalls } }
  var reads: Set<SpaceID> { state.withLock { $0.reads } }
  var reachedLate: Set<SpaceID> { state.withLock { $0.reachedLate } }
  var everReachedLate: Set<SpaceID> { state.withLock { $0.everReachedLate } }
  func reachedLate(_ space: SpaceID) {
    state.withLock { state in
      state.reachedLate.insert(space)
      state.everReachedLate.insert(space)
    }
  }
  var made: Set<String> { state.withLock { $0.made } }
  func made(_ hubID: String) { _ = state.withLock { $0.made.insert(hubID) } }
  var deleted: Set<SpaceID> { state.withLock { $0.deleted } }
  var isInterrupted: Bool {
    state.withLock { state in state.disturbance.interruptedAt.map { state.boundaries >= $0 } ?? false }
  }

  // MARK: Notes

  var complaints: [String] { state.withLock { $0.complaints } }
  /// A number that stands for everything that happened: equal runs have equal traces.
  var trace: UInt64 { state.withLock { $0.trace } }
  var log: [String] { state.withLock { $0.log ?? [] } }

  func complain(_ sentence: String) {
    state.withLock { $0.complaints.append(sentence) }
    note("BROKEN: \(sentence)")
  }

  func note(_ event: @autoclosure () -> String) {
    let text = event()
    state.withLock { state in
      for byte in text.utf8 { state.trace = (state.trace ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
      state.log?.append(text)
    }
  }

  // MARK: Boundaries

  /// What is due at a boundary of a call.
  struct Due: Sendable {
    var isDead = false
    var races = false
    var act: ForeignAct?
  }

  /// Counts one boundary. A race or an act that is due at a write to the state waits for the next call.
  func cross(mayWait: Bool) -> Due {
    state.withLock { state in
      state.boundaries += 1
      if let last = state.disturbance.diesAt, state.boundaries >= last { state.isDead = true }
      var due = Due(isDead: state.isDead)
      guard mayWait, !state.isDead else { return due }
      if let at = state.disturbance.racedAt, state.boundaries >= at, !state.hasRaced {
        state.hasRaced = true
        due.races = true
      }
      if let at = state.disturbance.actAt, let act = state.disturbance.act, state.boundaries >= at, !state.hasActed {
        state.hasActed = true
        due.act = act
      }
      return due
    }
  }

  /// How a call fails.
  enum Fault: Sendable { case before, lost, late, limited, busy }

  func fault(isWrite: Bool, isCreate: Bool, mayBeLate: Bool) -> Fault? {
    state.withLock { state in
      state.calls += 1
      let rate = state.disturbance.faultsPerMille
      guard rate > 0, Int.random(in: 0..<1000, using: &state.generator) < (isWrite ? rate : rate / 4) else { return nil }
      guard isWrite else { return state.generator.chance(20) ? .limited : .before }
      switch Int.random(in: 0..<10, using: &state.generator) {
      case 0, 1: return .before
      case 2: return .limited
      case 3: return isCreate ? .busy : .before
      case 4, 5, 6: return mayBeLate && state.disturbance.hasLateCalls ? .late : .lost
      default: return .lost
      }
    }
  }

  /// In how many boundaries a late call arrives.
  func delay() -> Int { state.withLock { Int.random(in: 1...40, using: &$0.generator) } }

  /// Whether this write to the state fails, and whether only after it was done.
  func failsWrite() -> (fails: Bool, after: Bool) {
    state.withLock { state in
      state.writes += 1
      guard state.writes == state.disturbance.failsWrite else { return (false, false) }
      state.writeHasFailed = true
      return (true, state.disturbance.failsAfterWriting)
    }
  }

  // MARK: Promises about intents

  func recorded(_ intent: Intent) {
    note("intent \(intent.id) \(intent.operation.rawValue) \(intent.space)")
    let isLate = isInterrupted
    let begun = state.withLock { state in
      state.intents.append(intent)
      // Another try of the same is the same; the hardware that a create asks for again belongs to the create.
      if isLate, intent.operation != .hardware {
        state.begunLate[intent.space, default: []].insert(
          "\(intent.operation.rawValue) \(intent.details["key"]?.stringValue ?? "")")
      }
      return state.begunLate[intent.space, default: []].count
    }
    // The first of them was under way: that its intent is written is a boundary, and so may be what Ctrl-C was pressed at.
    if begun > 1 { complain("\(intent.operation.rawValue) of \(intent.space) was begun after Ctrl-C") }
  }

  /// A call that writes is about to be made: its intent has to be in the journal, without an outcome.
  func writes(_ operation: Intent.Operation, on space: SpaceID) -> String? {
    let (intent, isRepeated) = state.withLock { state in
      state.writingCalls += 1
      if operation == .delete { state.deleted.insert(space) }
      let tries = state.intents.filter { $0.operation == operation && ($0.space == space || state.moves[space] == $0.space) }
      // Whatever is done twice without harm need not be looked at in between.
      let mustLook = [.create, .delete, .move, .commit].contains(operation)
      return (tries.last, mustLook && tries.contains { state.lost.contains($0.id) })
    }
    if isRepeated { complain("\(operation.rawValue) of \(space) was sent again without reading the Hub") }
    if intent == nil { complain("\(operation.rawValue) of \(space) was sent without an intent in the journal") }
    return intent?.id
  }

  func lost(_ intent: String?) { if let intent { _ = state.withLock { $0.lost.insert(intent) } } }

  /// The same write was confirmed, so that an earlier try of it has nothing left to tell.
  func confirmed(_ operation: Intent.Operation, on space: SpaceID) {
    state.withLock { state in
      for intent in state.intents where intent.operation == operation && intent.space == space { state.lost.remove(intent.id) }
    }
  }

  func read(_ space: SpaceID) {
    state.withLock { state in
      state.reads.insert(space)
      let names = [space, state.moves[space]]
      for intent in state.intents where names.contains(intent.space) { state.lost.remove(intent.id) }
    }
  }

  func recorded(_ outcome: Outcome) {
    note("outcome \(outcome.intent) \(outcome.status.rawValue)")
    let (isKnown, isGuessed) = state.withLock { state in
      let index = state.intents.firstIndex { $0.id == outcome.intent }
      if outcome.status != .uncertain, let index { state.intents.remove(at: index) }
      return (index != nil, outcome.status != .uncertain && state.lost.contains(outcome.intent))
    }
    if !isKnown { complain("the outcome of \(outcome.intent) was recorded without its intent") }
    if isGuessed { complain("the intent \(outcome.intent) was settled as \(outcome.status.rawValue) without reading the Hub") }
  }
}
