import Foundation
import Locking
import Simulation

/// Many runs on several threads.
struct ManyRuns {
  let first: UInt64
  let count: UInt64
  let seconds: Double?
  let jobs: Int

  private struct Tally: Sendable {
    var next: UInt64
    var done = 0
    var applies = 0
    var deaths = 0
    var broken: [(seed: UInt64, complaint: String)] = []
  }

  /// Whether every promise was kept in every run.
  func show() -> Bool {
    let tally = Locked(Tally(next: first))
    let end = first + count
    let started = Date()
    let deadline = seconds.map { started.addingTimeInterval($0) }
    let group = DispatchGroup()
    for _ in 0..<max(1, jobs) {
      group.enter()
      let worker = Thread {
        while let seed = next(tally, end, deadline) {
          let report = Run.perform(Scenario(seed: seed))
          tally.withLock { tally in
            tally.done += 1
            tally.applies += report.applies
            tally.deaths += report.deaths
            if let complaint = report.complaints.first { tally.broken.append((seed, complaint)) }
          }
        }
        group.leave()
      }
      // Findings of a run are values on this thread's stack; the engine's recursion is shallow.
      worker.stackSize = 8 << 20
      worker.start()
    }
    group.wait()
    let result = tally.withLock { $0 }
    let time = Date().timeIntervalSince(started)
    for (seed, complaint) in result.broken.sorted(by: { $0.seed < $1.seed }).prefix(20) {
      print("BROKEN by seed \(seed): \(complaint)")
      print("  again, made smaller: script/simulate --seed \(seed)")
    }
    print(
      "\(result.done) seeds from \(first), \(result.applies) applies, \(result.deaths) of them killed, \(result.broken.count) seeds broke a promise; "
        + "\(Int(time)) s, \(Int(Double(result.done) / max(time, 0.001))) seeds a second")
    return result.broken.isEmpty
  }

  private func next(_ tally: Locked<Tally>, _ end: UInt64, _ deadline: Date?) -> UInt64? {
    if let deadline, Date() > deadline { return nil }
    return tally.withLock { tally in
      guard tally.next < end else { return nil }
      defer { tally.next += 1 }
      return tally.next
    }
  }
}
