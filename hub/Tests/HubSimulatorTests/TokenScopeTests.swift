import HubAPI
import HubSimulator
import SpaceModel
import Testing

/// `hf_scoped` of the standard world may write acme's Spaces and read beta's; nothing else.
@Suite struct TokenScopeTests {
  @Test func aScopeOfAnOwnerCoversItsSpaces() throws {
    var story = try Story()
    let acme = try story.create("acme/chat")
    let beta = try story.create("beta/chat")
    let own = try story.create("local/chat")
    let scoped = try story.world.caller(token: "hf_scoped", at: story.now)
    let world = story.world
    #expect(refusal { try world.locate(acme, for: scoped, .settings) } == nil)
    #expect(refusal { try world.locate(beta, for: scoped, .read) } == nil)
    #expect(refusal { try world.locate(beta, for: scoped, .settings) }?.status == 403)
    #expect(refusal { try world.locate(own, for: scoped, .read) }?.status == 404)
    #expect(world.seesAll(of: "beta", scoped))
    #expect(!world.seesAll(of: "local", scoped))
  }

  @Test func creatingNeedsAWritingScopeOfTheOwner() throws {
    var story = try Story()
    let scoped = try story.world.caller(token: "hf_scoped", at: story.now)
    try story.create("acme/chat", by: scoped)
    #expect(refusal { try story.create("beta/chat", by: scoped) }?.status == 403)
    #expect(refusal { try story.create("local/chat", by: scoped) }?.status == 403)
  }

  @Test func aScopeOfOneSpaceFollowsItWhenItMoves() throws {
    var story = try Story()
    let id = try story.create("acme/chat")
    let other = try story.create("acme/other")
    let hubID = try story.space(id).hubID
    story.world.grant(
      "hf_one",
      TokenGrant(
        account: "local",
        power: .fineGrained([TokenScope(entity: .space(hubID: hubID), permissions: [TokenScope.write])]), name: "one"))
    let moved = try #require(SpaceID("acme/talk"))
    try story.world.move(id, to: moved, by: story.local, at: story.now)
    let one = try story.world.caller(token: "hf_one", at: story.now)
    let world = story.world
    #expect(refusal { try world.locate(moved, for: one, .content) } == nil)
    #expect(refusal { try world.locate(other, for: one, .content) }?.status == 404)
  }
}
