/// Everything that happens in one run, as a value: what a seed decides, and what is left of it when a failing run is made smaller.
package struct Scenario: Hashable, Sendable {
  package var seed: UInt64
  /// Numbers of the Spaces there may be.
  package var spaces: [Int]
  package var steps: [Step]
  /// The environment whose lock is kept, as `--env` chooses it.
  var environment: String?
  /// What the Hub is assumed to do where no source says, as `--assume` takes it.
  var assumptions: [String]

  /// One turn: time passes, people do things, the project is applied.
  package struct Step: Hashable, Sendable {
    /// Its place in the scenario as the seed made it.
    package var number: Int
    package var edits: [Edit]
    package var acts: [ForeignAct]
    var state: StateAccident?
    package var disturbance: Disturbance
    /// Seconds before it.
    var pause: Double
    /// Seconds by which the program's clock is ahead of the Hub's.
    var clockError: Double
    /// Whether the person allows what needs allowing: adoption, foreign commits discarded, destroys.
    var isLenient: Bool
    /// Whether a plan is saved first, and applied after something it rests on has changed.
    var savesPlan: Bool
    var parallelism: Int
  }

  /// What happens to the state between two applies.
  enum StateAccident: String, Hashable, Sendable, CaseIterable {
    /// The lock file is deleted; what lies beside it stays.
    case lostLock
    /// The lock of an earlier moment is back, as after `git checkout`.
    case olderLock
  }

  package init(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    self.seed = seed
    let count = Int.random(in: 1...8, using: &generator)
    spaces = Array(0..<count)
    environment = generator.chance(20) ? "staging" : nil
    assumptions = []
    for switched in [
      "create-hardware=ignore", "same-tree=ignore", "list-volumes=yes", "info-visibility=yes", "moved-read=not-found",
    ]
    where generator.chance(15) { assumptions.append(switched) }
    steps = []
    for number in 0..<Int.random(in: 1...5, using: &generator) {
      var edits: [Edit] = []
      if number == 0 {
        edits = spaces.map { Edit(kind: .add, space: $0, value: Int.random(in: 0..<1000, using: &generator)) }
      }
      for _ in 0..<Int.random(in: number == 0 ? 0...(2 * count) : 0...6, using: &generator) {
        edits.append(Edit.random(&generator, spaces: count))
      }
      var acts: [ForeignAct] = []
      if generator.chance(40) {
        for _ in 0..<Int.random(in: 1...3, using: &generator) { acts.append(ForeignAct.random(&generator, spaces: count)) }
      }
      steps.append(
        Step(
          number: number, edits: edits, acts: acts,
          state: number > 0 && generator.chance(8) ? generator.pick(StateAccident.allCases) : nil,
          disturbance: Disturbance.random(&generator, spaces: count),
          pause: generator.pick([1, 5, 40, 700]),
          clockError: generator.chance(15) ? generator.pick([-86_400, -300, -3, 3, 300, 86_400]) : 0,
          isLenient: generator.chance(30), savesPlan: generator.chance(15), parallelism: generator.pick([1, 2, 4, 16])))
    }
  }
}

extension Scenario: CustomStringConvertible {
  /// What happens, for whoever has to understand a failure.
  package var description: String {
    var lines = ["seed \(seed), Spaces \(spaces.map { "s\($0)" }.joined(separator: " "))"]
    if !assumptions.isEmpty { lines.append("  the Hub: \(assumptions.joined(separator: ", "))") }
    for step in steps {
      var parts = step.edits.filter { spaces.contains($0.space) }.map { "edit \($0)" }
      parts += step.acts.filter { spaces.contains($0.space) }.map { "elsewhere \($0)" }
      if let state = step.state { parts.append(state.rawValue) }
      if step.clockError != 0 { parts.append("clock wrong by \(step.clockError) s") }
      if step.savesPlan { parts.append("a plan is saved") }
      if step.isLenient { parts.append("everything is allowed") }
      parts.append("apply with parallelism \(step.parallelism), \(step.disturbance)")
      lines.append("  step \(step.number), \(step.pause) s later: " + parts.joined(separator: "; "))
    }
    return lines.joined(separator: "\n")
  }
}
