import HubAPI
import SpaceModel
import State
import Testing

@testable import Reconciler

@Suite("A Space that somebody renamed, or that is to be renamed and is not recorded")
struct RenamedElsewhereTests {
  private let elsewhere = address("acme/chat-2")

  /// The recorded Space is seen at another address.
  private var renamed: Scene {
    var scene = Scene.settled()
    var observed = scene.observation.spaces.removeValue(forKey: Scene.chat)
    observed?.info.address = elsewhere
    scene.observation.absent = [Scene.chat]
    scene.observation.addresses["id-chat"] = elsewhere
    return scene
  }

  @Test("it is not made a second time: the plan says where it is, and what to declare")
  func notMadeTwice() {
    let plan = renamed.chatPlan()
    #expect(plan.blocked?.reason == "acme/chat was renamed on the Hub: it is at acme/chat-2")
    #expect(plan.blocked?.help.contains("moved_from: acme/chat") == true)
    #expect(plan.steps.isEmpty)
  }

  @Test("to be renamed by a definition too, it is neither made a second time nor let go")
  func renamedTwice() {
    var scene = renamed
    var definition = SpaceDefinition(id: address("acme/talk"), file: "spaces/chat.space.yaml")
    definition.movedFrom = Scene.chat
    scene.fleet = [definition]
    scene.observation.absent.insert(definition.id)
    let plan = scene.plan()
    #expect(plan.spaces.map(\.address) == [definition.id])
    #expect(plan.spaces.first?.blocked?.reason.contains("it is at acme/chat-2") == true)
    #expect(plan.actionable.isEmpty)
  }

  @Test("without a definition it is neither forgotten nor destroyed")
  func notForgotten() {
    var scene = renamed
    scene.fleet = [SpaceDefinition(id: Scene.api, file: "spaces/api.space.yaml")]
    scene.observation.absent.insert(Scene.api)
    let plan = scene.chatPlan()
    #expect(plan.blocked?.reason.contains("it is at acme/chat-2") == true)
    #expect(plan.steps.isEmpty)
  }

  @Test("gone for good, it is made again")
  func gone() {
    var scene = renamed
    scene.observation.addresses["id-chat"] = nil
    #expect(scene.chatPlan().blocked == nil)
    #expect(scene.chatPlan().action == .create)
  }

  @Test("a rename of a Space that is there and not recorded makes no new one")
  func renameOfUnrecorded() {
    var scene = Scene.settled()
    scene.lock = Lock(project: "demos", hub: "local")
    scene.fleet[0].id = elsewhere
    scene.fleet[0].movedFrom = Scene.chat
    scene.observation.absent = [elsewhere]
    let plan = scene.plan().spaces.first { $0.address == elsewhere }
    #expect(plan?.blocked?.reason.contains("which exists on the Hub and is not in the lock") == true)
  }
}

@Suite("Waiting for what runs")
struct AwaitedPlanTests {
  /// A Space whose files are managed, recorded with a commit that was not seen running.
  private func scene(recorded: String, head: String) -> Scene {
    var scene = Scene.settled {
      $0.source = ContentSource(path: "app")
      $0.wait = WaitPolicy(condition: .running)
    }
    scene.manifests[Scene.chat] = ContentManifest(files: [], readme: nil, digest: "sha256:files", managesFiles: true)
    scene.recorded { $0.content = RecordedContent(digest: "sha256:files", commit: recorded, live: "older") }
    scene.live { $0.info.sha = head }
    return scene
  }

  @Test("a commit of ours that is the head and was not seen running is verified")
  func ours() { #expect(scene(recorded: Scene.head, head: Scene.head).chatPlan().action == .verify) }

  @Test("a head with our files is verified with the plan that takes it over")
  func takenOver() {
    var scene = scene(recorded: "other", head: Scene.head)
    scene.live {
      $0.content = .value(ObservedContent(files: []))
      $0.info.runtime?.sha = "other"
    }
    #expect(scene.chatPlan().action == .verify)
    scene.live { $0.info.runtime?.sha = Scene.head }
    #expect(scene.chatPlan().action == .none)
  }

  @Test("a recorded commit that is not the head any more is not waited for: it never comes to run")
  func foreignHead() {
    var scene = scene(recorded: "ours", head: Scene.head)
    scene.live {
      $0.content = .value(
        ObservedContent(
          files: [TreeFile(path: "theirs.py", size: 1, git: "x")], commits: [CommitRecord(id: Scene.head, title: "by hand")],
          reachesRecorded: true))
    }
    scene.manifests[Scene.chat]?.files = [
      ContentFile(path: "ours.py", size: 1, id: ContentID(git: "a", sha256: "b"))
    ]
    let plan = scene.chatPlan()
    #expect(plan.blockedContent != nil)
    #expect(!plan.steps.contains(.waitUntilLive))
  }
}
