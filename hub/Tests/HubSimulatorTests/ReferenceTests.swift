import HubAPI
import SpaceModel
import Testing

@testable import HubSimulator

/// Branches and tags of a Space's repository.
@Suite("Branches and tags")
struct ReferenceTests {
  @Test("A branch is made at a revision, once, and deleted; main never is")
  func branches() throws {
    var story = try Story()
    let id = try story.create()
    let head = try #require(story.space(id).repository.branches["main"])
    try story.world.createBranch("next", from: nil, overwrite: false, on: id, by: story.local, at: story.now)
    #expect(try story.space(id).repository.branches["next"] == head)
    #expect(throws: Refusal.self) {
      try story.world.createBranch("next", from: head, overwrite: false, on: id, by: story.local, at: story.now)
    }
    #expect(throws: Refusal.self) {
      try story.world.createBranch("other", from: "nowhere", overwrite: false, on: id, by: story.local, at: story.now)
    }
    try story.world.createBranch("next", from: nil, isEmpty: true, overwrite: true, on: id, by: story.local, at: story.now)
    let empty = try #require(story.space(id).repository.branches["next"])
    #expect(empty != head)
    #expect(try story.space(id).repository.commits[empty]?.files.isEmpty == true)
    #expect(throws: Refusal.self) {
      try story.world.createBranch("main", from: nil, isEmpty: true, overwrite: true, on: id, by: story.local, at: story.now)
    }
    try story.world.deleteBranch("next", on: id, by: story.local, at: story.now)
    #expect(throws: Refusal.self) { try story.world.deleteBranch("next", on: id, by: story.local, at: story.now) }
    #expect(throws: Refusal.self) { try story.world.deleteBranch("main", on: id, by: story.local, at: story.now) }
  }

  @Test("A tag is made at a revision with its message, once, and deleted with it")
  func tags() throws {
    var story = try Story()
    let id = try story.create()
    try story.world.createTag("v1", at: "main", message: "First", on: id, by: story.local, at: story.now)
    #expect(try story.space(id).repository.tagMessages?["v1"] == "First")
    #expect(throws: Refusal.self) { try story.world.createTag("v1", at: "main", on: id, by: story.local, at: story.now) }
    #expect(throws: Refusal.self) { try story.world.createTag("v2", at: "nowhere", on: id, by: story.local, at: story.now) }
    #expect(throws: Refusal.self) { try story.world.createTag("v2", at: "main", on: id, by: story.readonly, at: story.now) }
    try story.world.deleteTag("v1", on: id, by: story.local, at: story.now)
    #expect(try story.space(id).repository.tagMessages?["v1"] == nil)
    #expect(throws: Refusal.self) { try story.world.deleteTag("v1", on: id, by: story.local, at: story.now) }
  }

  @Test("A branch's history becomes one commit with the same files")
  func squash() throws {
    var story = try Story()
    let id = try story.create()
    let head = try #require(story.space(id).repository.branches["main"])
    let squashed = try story.world.squash("main", message: "One", on: id, by: story.local, at: story.now)
    let repository = try story.space(id).repository
    #expect(repository.branches["main"] == squashed)
    #expect(repository.commits[squashed]?.files == repository.commits[head]?.files)
    #expect(repository.commits[squashed]?.parent == nil)
    #expect(throws: Refusal.self) {
      _ = try story.world.squash("nowhere", message: "One", on: id, by: story.local, at: story.now)
    }
  }
}
