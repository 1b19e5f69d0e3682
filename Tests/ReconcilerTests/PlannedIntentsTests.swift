import SpaceModel
import State
import Testing

@testable import Reconciler

@Suite("What a plan announces") struct PlannedIntentsTests {
  private func drafts(_ action: SpacePlan.Action, _ steps: [Step], blocked: Bool = false) -> [PlannedIntents.Draft] {
    var space = SpacePlan(address: Scene.chat, action: action)
    space.hubID = "chat-id"
    space.steps = steps
    if blocked { space.blocked = Refusal("not readable", help: "Ask for access.") }
    let plan = Plan(project: "demos", hub: "local", spaces: [space], totals: Totals())
    var definition = SpaceDefinition(id: Scene.chat, file: "spaces/chat.space.yaml")
    definition.visibility = .protected
    return PlannedIntents.drafts(
      plan, definitions: [Scene.chat: definition],
      manifests: [Scene.chat: ContentManifest(files: [], readme: nil, digest: "sha256:aa", managesFiles: true)])
  }

  @Test("every call that writes, in the order of its steps, with what settles it")
  func calls() {
    let found = drafts(
      .update, [.deleteVariable("A"), .setVariable("B"), .setSecret("C"), .commitContent, .setReplicas(2), .waitUntilLive])
    #expect(found.map(\.operation) == [.deleteVariable, .setVariable, .setSecret, .commit, .replicas])
    #expect(found.map { $0.details["key"]?.stringValue } == ["A", "B", "C", nil, nil])
    #expect(found[3].details == ["digest": "sha256:aa"])
    #expect(drafts(.create, [.create]).map(\.details) == [["visibility": "protected"]])
  }

  @Test("nothing of a Space that is blocked, and nothing for what only the lock forgets")
  func nothing() {
    #expect(drafts(.update, [.setVariable("A")], blocked: true).isEmpty)
    #expect(drafts(.forget, [.forget]).isEmpty)
  }

  @Test("an intent that knows more is covered, one that says something else is not")
  func covers() throws {
    let commit = try #require(drafts(.update, [.commitContent]).first)
    #expect(commit.covers(.commit, on: Scene.chat, details: ["digest": "sha256:aa", "parent": "c0ffee"]))
    #expect(!commit.covers(.commit, on: Scene.chat, details: ["digest": "sha256:bb", "parent": "c0ffee"]))
    #expect(!commit.covers(.commit, on: Scene.api, details: ["digest": "sha256:aa"]))
    #expect(!commit.covers(.delete, on: Scene.chat, details: ["digest": "sha256:aa"]))
  }
}
