import Diagnostics
import Reconciler
import SpaceModel
import Testing

@Suite("An apply that dies anywhere")
struct CrashTests {
  @Test("an undisturbed apply makes the fleet, and the next one has nothing to do")
  func undisturbed() async throws {
    let rehearsal = try Rehearsal()
    defer { rehearsal.remove() }
    let fleet = try SimulatedFleet()
    let summary = try await rehearsal.apply(fleet)
    #expect(summary.status == .success, "\(summary.failed.map(\.failure.description))")
    #expect(summary.done.count == 5)
    #expect(try await rehearsal.complaints(fleet, commits: 2) == [])
    let again = try await rehearsal.apply(fleet)
    #expect(again.done.isEmpty)
  }

  @Test("killed at every boundary of a creation, the next apply makes the fleet equal the definitions, each Space once")
  func everyBoundaryOfCreation() async throws {
    try await killEverywhere(from: nil, to: try SimulatedFleet(), commits: 2)
  }

  @Test("killed at every boundary of an update, the next apply makes the fleet equal the definitions, nothing committed twice")
  func everyBoundaryOfUpdate() async throws {
    try await killEverywhere(from: try SimulatedFleet(edition: 1), to: try SimulatedFleet(edition: 2), commits: 3)
  }

  @Test(
    "with faults before and after effects, applying until it succeeds converges",
    arguments: 1...60, [UInt64(150), UInt64(50)])
  func faults(seed: UInt64, perMille: UInt64) async throws {
    let rehearsal = try Rehearsal()
    defer { rehearsal.remove() }
    for (edition, commits) in [(1, 2), (2, 3)] {
      let fleet = try SimulatedFleet(edition: edition)
      var rounds = 0
      while rounds < 80 {
        rounds += 1
        let plan = CrashPlan(
          faultsPerMille: perMille, readsToo: perMille == 50, seed: seed &* 1000 &+ UInt64(edition * 100 + rounds))
        if let summary = try? await rehearsal.apply(fleet, plan), summary.status == .success { break }
        rehearsal.time.pass(40)
      }
      #expect(rounds < 80, "seed \(seed) did not converge")
      #expect(try await rehearsal.complaints(fleet, commits: commits) == [], "seed \(seed), edition \(edition)")
    }
  }

  /// Tries a death at every boundary until one run gets through without dying.
  private func killEverywhere(from first: SimulatedFleet?, to fleet: SimulatedFleet, commits: Int) async throws {
    var boundary = 0
    var deaths = 0
    while true {
      boundary += 1
      let rehearsal = try Rehearsal()
      defer { rehearsal.remove() }
      if let first { _ = try await rehearsal.apply(first) }
      let plan = CrashPlan(crashAt: boundary)
      _ = try? await rehearsal.apply(fleet, plan)
      if plan.isDead { deaths += 1 }
      rehearsal.time.pass(60)
      let recovered = try await rehearsal.apply(fleet)
      #expect(
        recovered.status == .success,
        "boundary \(boundary): \(recovered.failed.map(\.failure.description)) \(recovered.notStarted)")
      let complaints = try await rehearsal.complaints(fleet, commits: commits)
      #expect(complaints == [], "boundary \(boundary)")
      if !complaints.isEmpty || !plan.isDead { break }
    }
    #expect(deaths > 60, "only \(deaths) boundaries were tried")
  }
}
