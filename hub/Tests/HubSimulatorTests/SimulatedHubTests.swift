import Foundation
import HubAPI
import HubSimulator
import SpaceModel
import Testing

@Suite struct SimulatedHubTests {
  private func creation() throws -> SpaceCreation {
    var request = SpaceCreation(id: try #require(SpaceID("acme/chat")), sdk: .docker, visibility: .private)
    request.secrets = [SpaceCreation.NewSecret(key: "TOKEN", value: Secret("canary-value"))]
    request.variables = [SpaceCreation.NewVariable(key: "LEVEL", value: "info")]
    return request
  }

  @Test func aLostAnswerLeavesTheSpaceBehind() async throws {
    let hub = SimulatedHub(
      clock: { Timestamp(milliseconds: 1_780_000_000_000) },
      fault: { name, phase in
        name == "create" && phase == .after ? HubError(kind: .transport, call: name, message: "reset") : nil
      })
    let request = try creation()
    let error = await #expect(throws: HubError.self) { try await hub.createSpace(request) }
    #expect(error?.outcomeUnknown == true)
    #expect(try await hub.space(request.id).address == request.id)
  }

  @Test func aFaultBeforeTheEffectLeavesNothingBehind() async throws {
    let hub = SimulatedHub(
      clock: { Timestamp(milliseconds: 1_780_000_000_000) },
      fault: { name, phase in
        name == "create" && phase == .before ? HubError(kind: .server, call: name, status: 503, message: "no") : nil
      })
    let request = try creation()
    await #expect(throws: HubError.self) { try await hub.createSpace(request) }
    let error = await #expect(throws: HubError.self) { try await hub.space(request.id) }
    #expect(error?.isNotFound == true)
  }

  @Test func theStateHoldsNoSecretValue() async throws {
    let hub = SimulatedHub(clock: { Timestamp(milliseconds: 1_780_000_000_000) })
    _ = try await hub.createSpace(try creation())
    let data = try JSONEncoder().encode(await hub.snapshot)
    let text = String(decoding: data, as: UTF8.self)
    #expect(text.contains("TOKEN"))
    #expect(!text.contains("canary-value"))
  }

  @Test func theSameCallsGiveTheSameHub() async throws {
    func run() async throws -> String {
      let hub = SimulatedHub(clock: { Timestamp(milliseconds: 1_780_000_000_000) })
      let created = try await hub.createSpace(try creation())
      let commit = CommitRequest(
        summary: "app", description: "", parentCommit: nil,
        operations: [.file(path: "Dockerfile", bytes: Array("FROM scratch\n".utf8))])
      return created.hubID + (try await hub.commit(commit, to: created.address).commit)
    }
    #expect(try await run() == (try await run()))
  }

  @Test func aStateSurvivesBeingWrittenAndRead() async throws {
    let hub = SimulatedHub(clock: { Timestamp(milliseconds: 1_780_000_000_000) })
    _ = try await hub.createSpace(try creation())
    let world = await hub.snapshot
    let read = try JSONDecoder().decode(World.self, from: JSONEncoder().encode(world))
    let again = SimulatedHub(world: read, clock: { Timestamp(milliseconds: 1_780_000_100_000) })
    let info = try await again.spaces(ownedBy: "acme")
    #expect(info.map(\.address.name) == ["chat"])
    #expect(try await again.variables(of: try creation().id)["LEVEL"]?.value == "info")
  }

  @Test func readsOfAnOldAddressAreFollowedAndWritesAreNot() async throws {
    let hub = SimulatedHub(clock: { Timestamp(milliseconds: 1_780_000_000_000) })
    let id = try await hub.createSpace(try creation()).address
    let target = try #require(SpaceID("acme/talk"))
    try await hub.moveSpace(id, to: target)
    #expect(try await hub.space(id).address == target)
    #expect(try await hub.variables(of: id)["LEVEL"] != nil)
    #expect(try await hub.tree(of: id, revision: "main").isEmpty == false)
    let error = await #expect(throws: HubError.self) { try await hub.pause(id) }
    #expect(error?.isNotFound == true)
  }
}
