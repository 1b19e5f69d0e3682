import ArgumentParser
import Foundation
import Simulation

/// Runs simulated applies by seed. `script/simulate` builds and runs it.
@main
struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Apply random fleets to a simulated Hub, with crashes, faults and other people's edits, and check every promise.",
    discussion: """
      With --seed, one run: what happens in it, and, when a promise is broken, the smallest run that still breaks one. With --seeds,
      as many runs on all processors, and how many there were in a second. Exit status 1 when a promise was broken.
      """)

  @Option(help: ArgumentHelp("Run this one.", valueName: "n"))
  var seed: UInt64?

  @Option(help: ArgumentHelp("Run so many.", valueName: "n"))
  var seeds: UInt64 = 10_000

  @Option(help: ArgumentHelp("The first of many.", valueName: "n"))
  var from: UInt64 = 1

  @Option(help: ArgumentHelp("End after so many seconds, however many were run.", valueName: "s"))
  var seconds: Double?

  @Option(help: ArgumentHelp("So many at once; as many as there are processors when not said.", valueName: "n"))
  var jobs: Int?

  @Flag(help: "With --seed: show every event.")
  var verbose = false

  mutating func run() throws {
    if let seed {
      guard OneRun(seed: seed, isVerbose: verbose).show() else { throw ExitCode.failure }
      return
    }
    let many = ManyRuns(
      first: from, count: seeds, seconds: seconds, jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount)
    guard many.show() else { throw ExitCode.failure }
  }
}
