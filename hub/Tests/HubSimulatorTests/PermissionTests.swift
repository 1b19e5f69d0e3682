import HubAPI
import HubSimulator
import SpaceModel
import Testing

@Suite struct PermissionTests {
  @Test func aPrivateSpaceIsMissingToOthersAndUnauthorisedToStrangers() throws {
    var story = try Story()
    let id = try story.create()
    let other = try story.world.caller(token: "hf_other", at: story.now)
    let world = story.world
    let seen = refusal { try world.locate(id, for: other, .read) }
    #expect(seen?.status == 404)
    #expect(seen?.code == "RepoNotFound")
    #expect(refusal { try world.locate(id, for: .anonymous, .read) }?.status == 401)
  }

  @Test func aReadOnlyTokenReadsKeysAndWritesNothing() throws {
    var story = try Story()
    let id = try story.create()
    try story.world.setVariable("A", value: "b", note: nil, of: id, by: story.local, at: story.now)
    #expect(try story.world.variables(of: id, for: story.readonly)["A"]?.value == "b")
    let reader = story.readonly
    let now = story.now
    let refused = refusal { try story.world.setVariable("A", value: "c", note: nil, of: id, by: reader, at: now) }
    #expect(refused?.status == 403)
    #expect(refusal { try story.create("acme/second", by: reader) }?.status == 403)
  }

  @Test func theAssumptionMayKeepKeysFromReadOnlyTokens() throws {
    var story = try Story("keys-readable-by=write-token")
    let id = try story.create()
    let world = story.world
    let reader = story.readonly
    #expect(refusal { try world.variables(of: id, for: reader) }?.status == 403)
  }

  @Test func aTokenThatDoesNotExistIsNamedAsSuch() throws {
    let story = try Story()
    let world = story.world
    let now = story.now
    let refused = refusal { try world.caller(token: "hf_nobody", at: now) }
    #expect(refused?.status == 401)
    #expect(refused?.message == "Invalid credentials in Authorization header")
  }

  @Test func theFreePlanMakesStaticSpacesOnly() throws {
    var story = try Story()
    let free = try story.world.caller(token: "hf_free", at: story.now)
    #expect(refusal { try story.create("free/app", by: free) }?.status == 402)
    try story.create("free/page", sdk: .static, by: free)
    try story.create("free/zero", sdk: .gradio, hardware: .zeroA10G, by: free)
    try story.create("free/zero2", sdk: .gradio, hardware: .zeroA10G, by: free)
    #expect(refusal { try story.create("free/zero3", sdk: .gradio, hardware: .zeroA10G, by: free) }?.status == 402)
  }

  @Test func anotherNamespaceIsForbidden() throws {
    var story = try Story()
    let other = try story.world.caller(token: "hf_other", at: story.now)
    #expect(refusal { try story.create("acme/intruder", by: other) }?.status == 403)
  }

  @Test func anAddressIsGivenOnce() throws {
    var story = try Story()
    try story.create()
    let taken = refusal { try story.create() }
    #expect(taken?.status == 409)
    #expect(taken?.url == "acme/chat")
  }

  @Test func aMoveKeepsTheHubIdAndRedirectsReads() throws {
    var story = try Story()
    let id = try story.create()
    let target = try #require(SpaceID("beta/talk"))
    let hubID = try story.space(id).hubID
    try story.world.move(id, to: target, by: story.local, at: story.now)
    #expect(try story.space(target).hubID == hubID)
    let world = story.world
    let caller = story.local
    let moved = refusal { try world.locate(id, for: caller, .read) }
    #expect(moved?.status == 307)
    #expect(moved?.kind == .moved(to: "beta/talk"))
    #expect(refusal { try world.locate(id, for: caller, .settings) }?.status == 404)
    try story.create()
    #expect(try story.space(id).hubID != hubID)
  }

  @Test func anExchangedTokenWritesToItsSpaceAndCreatesNothing() throws {
    var story = try Story()
    let id = try story.create()
    let second = try story.create("acme/second")
    let given = story.world.exchange(
      identityToken: "head.claims.signature", resource: "spaces/acme/chat", at: story.now)
    let token = try #require(given)
    let caller = try story.world.caller(token: token, at: story.now)
    var commit = PreparedCommit(title: "from CI")
    commit.add(file: "x", bytes: [1])
    _ = try story.world.commit(commit, to: id, by: caller, at: story.now)
    let prepared = commit
    let now = story.now
    #expect(refusal { try story.world.commit(prepared, to: second, by: caller, at: now) }?.status == 404)
    #expect(refusal { try story.create("acme/third", by: caller) }?.status == 401)
    story.pass(3601)
    let world = story.world
    let later = story.now
    #expect(refusal { try world.caller(token: token, at: later) }?.status == 401)
    let nonsense = story.world.exchange(identityToken: "nonsense", resource: "spaces/acme/chat", at: story.now)
    #expect(nonsense == nil)
  }

  @Test(arguments: ["_A", "1A", "A-B", "", "É"])
  func keysFollowThePublishedPattern(key: String) throws {
    var story = try Story()
    let id = try story.create()
    let caller = story.local
    let now = story.now
    #expect(
      refusal { try story.world.setVariable(key, value: "x", note: nil, of: id, by: caller, at: now) }?.status == 400)
  }

  @Test func deletingAnUnknownKeyIsNoError() throws {
    var story = try Story()
    let id = try story.create()
    try story.world.deleteVariable("NOBODY", of: id, by: story.local, at: story.now)
    try story.world.deleteSecret("NOBODY", of: id, by: story.local, at: story.now)
  }
}
