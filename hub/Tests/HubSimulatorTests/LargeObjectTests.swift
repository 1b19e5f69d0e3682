import HubSimulator
import SpaceModel
import Testing

@Suite struct LargeObjectTests {
  private static let first = String(repeating: "a", count: 64)
  private static let second = String(repeating: "b", count: 64)

  private static func add(_ files: [String: String], to id: SpaceID, _ story: inout Story) throws -> String {
    var commit = PreparedCommit(title: "large")
    for (path, sha256) in files.sorted(by: { $0.key < $1.key }) {
      story.world.store(largeObject: sha256, size: 20_000_000)
      commit.add(large: path, sha256: sha256, size: 20_000_000)
    }
    return try story.world.commit(commit, to: id, by: story.local, at: story.now)
  }

  @Test func withItsHistoryRewrittenNoCommitPointsToADeletedObject() throws {
    var story = try Story()
    let id = try story.create()
    let before = try Self.add(["one.bin": Self.first, "two.bin": Self.second], to: id, &story)
    story.pass(60)
    let head = try story.commit(["a.txt": "a"], to: id)
    try story.world.createTag("v1", at: before, on: id, by: story.local, at: story.now)
    let gone = try story.world.delete(
      largeObjects: [Self.first], rewritesHistory: true, of: id, by: story.local, at: story.now)
    let space = try story.space(id)
    #expect(gone == [Self.first])
    #expect(space.repository.head != head)
    #expect(space.repository.commits[before] == nil)
    #expect(space.repository.tags["v1"].flatMap { space.repository.commits[$0] }?.files["two.bin"] != nil)
    #expect(space.repository.commits.values.allSatisfy { $0.files["one.bin"] == nil })
    #expect(space.files["a.txt"] != nil)
    let head2 = try #require(space.repository.head)
    #expect(space.repository.history(from: head2).map(\.title).prefix(2) == ["change", "large"])
    // The app runs what the head has.
    #expect(space.life.stage.rawValue.contains("BUILDING"))
    #expect(space.files.values.allSatisfy { space.repository.commits[$0.changed] != nil })
  }

  @Test func withItsHistoryLeftTheFileIsThereAndItsObjectIsNot() throws {
    var story = try Story()
    let id = try story.create()
    let head = try Self.add(["one.bin": Self.first], to: id, &story)
    _ = try story.world.delete(
      largeObjects: [Self.first], rewritesHistory: false, of: id, by: story.local, at: story.now)
    let space = try story.space(id)
    #expect(space.repository.head == head)
    #expect(space.lacks(largeObject: Self.first))
    #expect(try story.world.largeObjects(of: id, for: story.local).isEmpty)
    let preupload = try story.world.preupload(
      [("one.bin", 20_000_000)], gitIgnore: nil, gitAttributes: nil, to: id, revision: "main", by: story.local)
    #expect(preupload.files["one.bin"]?.existing == nil, "a client that is told of it would not send it again")
    _ = try Self.add(["one.bin": Self.first], to: id, &story)
    #expect(try !story.space(id).lacks(largeObject: Self.first))
  }

  @Test func whatAnotherSpaceHasStays() throws {
    var story = try Story()
    let id = try story.create()
    let other = try story.create("acme/other")
    _ = try Self.add(["one.bin": Self.first], to: id, &story)
    _ = try Self.add(["same.bin": Self.first], to: other, &story)
    let gone = try story.world.delete(
      largeObjects: [Self.first], rewritesHistory: true, of: id, by: story.local, at: story.now)
    #expect(gone.isEmpty)
    #expect(story.world.largeObjects[Self.first] == 20_000_000)
  }

  @Test func aCopyNamesWhatTheSourceLacks() throws {
    var story = try Story()
    let id = try story.create()
    let target = try story.create("acme/target")
    _ = try Self.add(["one.bin": Self.first], to: id, &story)
    let answer = try story.world.duplicate(
      largeObjects: [Self.first, Self.second], of: id, to: target, by: story.local)
    #expect(answer.succeeded == [Self.first])
    #expect(answer.failed == [Self.second])
    let readonly = story.readonly
    #expect(refusal { try story.world.duplicate(largeObjects: [], of: id, to: target, by: readonly) }?.status == 403)
  }
}
