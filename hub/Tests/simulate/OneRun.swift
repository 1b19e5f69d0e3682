import Simulation

/// One run, told to a person.
struct OneRun {
  let seed: UInt64
  let isVerbose: Bool

  /// Whether every promise was kept.
  func show() -> Bool {
    let scenario = Scenario(seed: seed)
    print(scenario)
    let report = Run.perform(scenario, keepsLog: isVerbose)
    if isVerbose { for line in report.log { print("    \(line)") } }
    print("\(report.applies) applies, \(report.deaths) of them killed, trace \(String(report.trace, radix: 16))")
    guard let first = report.complaints.first else {
      print("every promise was kept")
      return true
    }
    for complaint in report.complaints { print("BROKEN: \(complaint)") }
    let smallest = Shrinking.shrink(scenario) { !Run.perform($0).complaints.isEmpty }
    guard smallest != scenario else { return false }
    let again = Run.perform(smallest, keepsLog: true)
    print("\nThe smallest run that still breaks a promise (the first one broken above: \(first)):\n\(smallest)")
    for line in again.log { print("    \(line)") }
    for complaint in again.complaints { print("BROKEN: \(complaint)") }
    return false
  }
}
