import HubAPI
import Reconciler
import SpaceModel
import Testing

@Suite("A head that others made, with our files")
struct EqualTreeTests {
  @Test("it is taken over without a commit, and waited for until it runs")
  func takenOver() async throws {
    let rehearsal = try Rehearsal()
    defer { rehearsal.remove() }
    let fleet = try SimulatedFleet()
    _ = try await rehearsal.apply(fleet)
    let address = try SimulatedFleet.address("api")
    let ours = try fleet.bytes(of: "data.txt", in: address)
    for bytes in [Array("edited\n".utf8), ours] {
      _ = try await rehearsal.hub.commit(
        CommitRequest(
          summary: "Edit", description: "", parentCommit: nil, operations: [.file(path: "data.txt", bytes: bytes)]),
        to: address)
    }
    let head = try await rehearsal.hub.space(address).sha

    #expect(try await rehearsal.plan(fleet).actionable.map(\.action) == [.verify])
    let summary = try await rehearsal.apply(fleet)
    #expect(summary.lock.spaces[address]?.content?.commit == head)
    #expect(summary.lock.spaces[address]?.content?.live == head)
    #expect(try await rehearsal.plan(fleet).actionable.isEmpty)
    #expect(try await rehearsal.complaints(fleet, commits: 4) == [])
  }
}
