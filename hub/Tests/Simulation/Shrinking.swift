/// Makes a failing run smaller while it still fails.
package enum Shrinking {
  /// - Parameters:
  ///   - fails: whether a scenario still fails.
  ///   - attempts: so many scenarios are tried at most.
  package static func shrink(_ scenario: Scenario, attempts: Int = 400, _ fails: (Scenario) -> Bool) -> Scenario {
    var smallest = scenario
    var left = attempts
    var isShrinking = true
    while isShrinking {
      isShrinking = false
      for candidate in smallest.smaller {
        guard left > 0 else { return smallest }
        left -= 1
        guard fails(candidate) else { continue }
        smallest = candidate
        isShrinking = true
        break
      }
    }
    return smallest
  }
}

extension Scenario {
  /// One thing less each, the largest first.
  var smaller: [Scenario] {
    var found: [Scenario] = []
    func with(_ change: (inout Scenario) -> Void) {
      var copy = self
      change(&copy)
      if copy != self { found.append(copy) }
    }
    for index in steps.indices { with { $0.steps.remove(at: index) } }
    for space in spaces where spaces.count > 1 { with { $0.spaces.removeAll { $0 == space } } }
    for index in steps.indices {
      for smaller in steps[index].disturbance.smaller { with { $0.steps[index].disturbance = smaller } }
      with { $0.steps[index].acts = [] }
      with { $0.steps[index].state = nil }
      with { $0.steps[index].clockError = 0 }
      with { $0.steps[index].savesPlan = false }
      with { $0.steps[index].isLenient = false }
      with { $0.steps[index].parallelism = 1 }
      for edit in steps[index].edits.indices { with { $0.steps[index].edits.remove(at: edit) } }
      for act in steps[index].acts.indices { with { $0.steps[index].acts.remove(at: act) } }
    }
    for index in assumptions.indices { with { $0.assumptions.remove(at: index) } }
    with { $0.environment = nil }
    return found
  }
}
