import HubAPI
import HubSimulator
import SpaceModel
import Testing

@Suite struct SpendLimitTests {
  @Test func reachingItPausesThePaidSpacesAndRefusesNewOnes() throws {
    var story = try Story()
    let paid = try story.create("acme/paid", hardware: "t4-small")
    let free = try story.create("acme/free")
    let elsewhere = try story.create("beta/paid", hardware: "t4-small")
    story.pass(30)
    let paused = try story.world.setSpendLimit(reached: true, of: "acme", group: nil, at: story.now)
    #expect(paused == [paid])
    #expect(try story.stage(paid) == .paused)
    #expect(try story.stage(free) == .running)
    #expect(try story.stage(elsewhere) == .running)
    #expect(story.world.accounts["acme"]?.isSpendLimitReached == true)

    #expect(refusal { try story.create("acme/more", hardware: "t4-small") }?.status == 402)
    try story.create("acme/more-for-free")
    let (caller, now) = (story.local, story.now)
    #expect(refusal { try story.world.restart(paid, factory: false, by: caller, at: now) }?.status == 402)
    #expect(
      refusal { try story.world.requestHardware("t4-small", sleepSeconds: nil, for: free, by: caller, at: now) }?.status == 402)
  }

  @Test func liftingItStartsNothingButLetsARestartThrough() throws {
    var story = try Story()
    let id = try story.create(hardware: "t4-small")
    story.pass(30)
    try story.world.setSpendLimit(reached: true, of: "acme", group: nil, at: story.now)
    #expect(try story.world.setSpendLimit(reached: false, of: "acme", group: nil, at: story.now) == [])
    story.pass(100)
    #expect(try story.stage(id) == .paused)
    try story.world.restart(id, factory: false, by: story.local, at: story.now)
    story.pass(30)
    #expect(try story.stage(id) == .running)
  }

  @Test func aGroupsLimitHoldsForItsSpacesAlone() throws {
    let group = "66670e5163145ca562cb1988"
    var story = try Story()
    let inside = try story.create("acme/inside", hardware: "t4-small")
    let outside = try story.create("acme/outside", hardware: "t4-small")
    try story.world.setResourceGroup(group, of: inside, by: story.local, at: story.now)
    story.pass(30)
    #expect(try story.world.setSpendLimit(reached: true, of: "acme", group: group, at: story.now) == [inside])
    #expect(try story.stage(outside) == .running)
    #expect(story.world.accounts["acme"]?.isSpendLimitReached == false)
    try story.create("acme/another", hardware: "t4-small")
    let now = story.now
    #expect(refusal { try story.world.setSpendLimit(reached: true, of: "acme", group: "none", at: now) } != nil)
    #expect(refusal { try story.world.setSpendLimit(reached: true, of: "nobody", group: nil, at: now) }?.status == 404)
  }
}
