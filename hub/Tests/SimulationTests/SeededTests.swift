import Diagnostics
import Simulation
import State
import Testing

@Suite("Random fleets, random edits, random faults")
struct SeededTests {
  /// The suite runs a share of the seeds; `script/simulate` runs as many as one likes.
  @Test("every promise is kept", arguments: (0..<8).map { UInt64($0) * 25 + 1 })
  func promises(first: UInt64) {
    for seed in first..<(first + 25) {
      let report = Run.perform(Scenario(seed: seed))
      #expect(report.complaints == [], "again: script/simulate --seed \(seed)")
    }
  }

  @Test(
    "seeds that once broke a promise",
    arguments: [332, 51933, 53739, 57827, 101287, 102223, 116116, 162846, 304591, 311256, 435687] as [UInt64])
  func regressions(seed: UInt64) { #expect(Run.perform(Scenario(seed: seed)).complaints == []) }

  @Test("the same seed is the same run", arguments: [3, 77, 1044] as [UInt64])
  func repeats(seed: UInt64) {
    let first = Run.perform(Scenario(seed: seed), keepsLog: true)
    let second = Run.perform(Scenario(seed: seed), keepsLog: true)
    #expect(first.log == second.log)
    #expect(first.trace == second.trace)
    #expect(first.applies > 1)
  }

  @Test("between them, seeds meet deaths, lost answers, late calls, failing disks, races and other people")
  func variety() {
    var words: Set<String> = []
    for seed in 1...150 as ClosedRange<UInt64> {
      let report = Run.perform(Scenario(seed: seed), keepsLog: true)
      for line in report.log {
        for word in [
          "answer lost", "arrived late", "refused", "elsewhere", "olderLock", "lostLock", "planned failure", "stopped",
        ]
        where line.contains(word) { words.insert(word) }
        if line.contains("the process is dead") { words.insert("dead") }
        for operation in ["create", "delete", "move", "commit", "set_secret", "set_variable", "hardware", "volumes"]
        where line.hasPrefix("\(operation) ") && line.hasSuffix(": done") { words.insert(operation) }
      }
    }
    #expect(words.count == 17, "\(words.sorted())")
  }
}

@Suite("A promise that is broken on purpose")
struct SabotageTests {
  /// Finds the first seed that notices, and makes it smaller.
  private func found(_ sabotage: @escaping @Sendable (any StateSession) -> any StateSession) throws -> (
    String, Scenario, Scenario
  ) {
    for seed in 1...200 as ClosedRange<UInt64> {
      let scenario = Scenario(seed: seed)
      guard let complaint = Run.perform(scenario, sabotage: sabotage).complaints.first else { continue }
      let smallest = Shrinking.shrink(scenario) { !Run.perform($0, sabotage: sabotage).complaints.isEmpty }
      return (complaint, scenario, smallest)
    }
    throw Failure(doing: "looking for a seed", problem: "none noticed")
  }

  @Test("a state that forgets its journal is noticed, and the run is made smaller")
  func forgottenJournal() throws {
    let (complaint, scenario, smallest) = try found { ForgetfulSession(session: $0, forgets: .intents) }
    #expect(!complaint.isEmpty)
    #expect(smallest.steps.count <= scenario.steps.count && smallest.spaces.count <= scenario.spaces.count)
    #expect(smallest.steps.count <= 2)
    #expect(smallest.spaces.count <= 2)
  }

  @Test("a state that swallows the lock is noticed, and the run is made smaller")
  func swallowedLock() throws {
    let (_, _, smallest) = try found { ForgetfulSession(session: $0, forgets: .locks) }
    #expect(smallest.steps.count == 1)
    #expect(smallest.spaces.count == 1)
  }
}

/// A state that says it has written what it has not.
private struct ForgetfulSession: StateSession {
  enum Part { case intents, locks }
  let session: any StateSession
  let forgets: Part

  var base: Lock? { session.base }
  var inherited: OpenJournal? { forgets == .intents ? nil : session.inherited }

  func record(_ intent: Intent) throws(Failure) { if forgets != .intents { try session.record(intent) } }
  func record(_ outcome: Outcome) throws(Failure) { if forgets != .intents { try session.record(outcome) } }
  func save(_ lock: Lock) throws(Failure) { if forgets != .locks { try session.save(lock) } }
  func close(settled: Bool) throws(Failure) { try session.close(settled: settled) }
}
