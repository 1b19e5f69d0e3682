/// What goes wrong during one apply. Everything is counted in boundaries: the moments before and after each call of the Hub and
/// each write to the state.
package struct Disturbance: Hashable, Sendable, CustomStringConvertible {
  /// Nothing the process does after this boundary has any effect.
  var diesAt: Int?
  /// Of a thousand calls, how many fail.
  var faultsPerMille = 0
  /// Lost calls may reach the Hub later, while the apply goes on.
  var hasLateCalls = false
  /// This write to the state fails, and whether it fails only after it was done.
  var failsWrite: Int?
  var failsAfterWriting = false
  /// Ctrl-C comes here.
  var interruptedAt: Int?
  /// A second apply of the same project is begun here.
  var racedAt: Int?
  /// Somebody else acts here.
  var act: ForeignAct?
  var actAt: Int?
  /// Decides which calls fail.
  var seed: UInt64 = 0

  package init() {}

  package var description: String {
    var parts: [String] = []
    if let diesAt { parts.append("dies at boundary \(diesAt)") }
    if faultsPerMille > 0 {
      parts.append("\(faultsPerMille) of 1000 calls fail\(hasLateCalls ? ", some arriving later" : "") (seed \(seed))")
    }
    if let failsWrite { parts.append("write \(failsWrite) to the state fails\(failsAfterWriting ? " after it was done" : "")") }
    if let interruptedAt { parts.append("Ctrl-C at boundary \(interruptedAt)") }
    if let racedAt { parts.append("a second apply at boundary \(racedAt)") }
    if let act, let actAt { parts.append("\(act) at boundary \(actAt)") }
    return parts.isEmpty ? "undisturbed" : parts.joined(separator: ", ")
  }

  package var isNone: Bool { self == Disturbance() }

  /// Each of its parts taken away in turn.
  var smaller: [Disturbance] {
    var found: [Disturbance] = []
    func without(_ change: (inout Disturbance) -> Void) {
      var copy = self
      change(&copy)
      if copy != self { found.append(copy) }
    }
    without { $0 = Disturbance() }
    without { $0.diesAt = nil }
    without { $0.faultsPerMille = 0 }
    without { $0.hasLateCalls = false }
    without { $0.failsWrite = nil }
    without { $0.interruptedAt = nil }
    without { $0.racedAt = nil }
    without { ($0.act, $0.actAt) = (nil, nil) }
    return found
  }

  static func random(_ generator: inout SeededGenerator, spaces: Int) -> Disturbance {
    var disturbance = Disturbance()
    disturbance.seed = generator.next()
    let moment = Int.random(in: 1...(generator.chance(50) ? 30 : 150), using: &generator)
    switch Int.random(in: 0..<10, using: &generator) {
    case 0: disturbance.seed = 0
    case 1, 2: disturbance.diesAt = moment
    case 3, 4: disturbance.faultsPerMille = generator.pick([30, 80, 200])
    case 5: disturbance.failsWrite = moment / 3 + 1
    case 6: disturbance.interruptedAt = moment
    case 7: disturbance.racedAt = moment
    case 8: disturbance.actAt = moment
    default:
      disturbance.faultsPerMille = 60
      disturbance.diesAt = moment
    }
    if disturbance.faultsPerMille > 0 { disturbance.hasLateCalls = generator.chance(50) }
    if disturbance.failsWrite != nil { disturbance.failsAfterWriting = generator.chance(50) }
    if disturbance.actAt != nil { disturbance.act = ForeignAct.random(&generator, spaces: spaces) }
    return disturbance
  }
}
