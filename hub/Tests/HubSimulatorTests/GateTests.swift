import HubSimulator
import SpaceModel
import Testing

@Suite struct GateTests {
  private static func gated(_ how: String) throws -> (Story, SpaceID, Caller) {
    var story = try Story()
    let id = try story.create()
    try story.world.setSettings(
      World.SettingsChange(visibility: .public, gated: how), of: id, by: story.local, at: story.now)
    return (story, id, try story.world.caller(token: "hf_other", at: story.now))
  }

  @Test func whoWasNotLetInIsToldByTokenOrNone() throws {
    let (story, id, stranger) = try Self.gated("manual")
    #expect(refusal { try story.world.locate(id, for: stranger, .files) }?.status == 403)
    let nobody = refusal { try story.world.locate(id, for: .anonymous, .files) }
    #expect(nobody?.status == 401)
    #expect(nobody?.code == "GatedRepo")
    #expect(refusal { try story.world.locate(id, for: stranger, .read) } == nil)
    #expect(refusal { try story.world.locate(id, for: story.readonly, .files) } == nil)
  }

  @Test func aRequestIsPendingUntilItIsAccepted() throws {
    var (story, id, stranger) = try Self.gated("manual")
    let request = try story.world.askForAccess(to: id, as: "other", fields: nil, at: story.now)
    #expect(request.status == .pending)
    #expect(refusal { try story.world.locate(id, for: stranger, .files) }?.status == 403)
    try story.world.handleAccess(.id(request.id), .accepted, reason: nil, to: id, by: story.local, at: story.now)
    #expect(refusal { try story.world.locate(id, for: stranger, .files) } == nil)
    try story.world.handleAccess(.user("other"), .rejected, reason: "No", to: id, by: story.local, at: story.now)
    #expect(refusal { try story.world.locate(id, for: stranger, .files) }?.status == 403)
    #expect(try story.world.accessRequests(.rejected, of: id, for: story.local).map(\.rejectionReason) == ["No"])
  }

  @Test func anAutomaticGateLetsInWhoAsks() throws {
    var (story, id, stranger) = try Self.gated("auto")
    _ = try story.world.askForAccess(to: id, as: "other", fields: nil, at: story.now)
    #expect(refusal { try story.world.locate(id, for: stranger, .files) } == nil)
    #expect(refusal { try story.world.askForAccess(to: id, as: "other", fields: nil, at: story.now) }?.status == 400)
  }

  @Test func aSpaceWithoutAGateHasNoRequests() throws {
    var story = try Story()
    let id = try story.create()
    #expect(refusal { try story.world.accessRequests(.pending, of: id, for: story.local) }?.status == 400)
    #expect(refusal { try story.world.grantAccess(to: "other", of: id, by: story.local, at: story.now) }?.status == 400)
  }
}
