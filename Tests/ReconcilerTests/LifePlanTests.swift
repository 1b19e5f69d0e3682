import Diagnostics
import HubAPI
import Reconciler
import SpaceModel
import State
import Testing

@Suite("Coming, going and moving in a plan")
struct LifePlanTests {
  @Test("a Space that is nowhere is created, with everything in one step and its files in another")
  func creation() {
    var scene = Scene()
    var definition = SpaceDefinition(id: Scene.chat, file: "spaces/chat.space.yaml")
    definition.wait = WaitPolicy(condition: .running)
    definition.secrets["K"] = SecretDeclaration(source: .environment("K"))
    definition.hardware = "t4-small"
    scene.fleet = [definition]
    scene.observation.absent = [Scene.chat]
    scene.manifests[Scene.chat] = manifest(["app.py": "1"])
    let plan = scene.plan()
    #expect(plan.spaces[0].steps == [.create, .commitContent, .waitUntilLive])
    #expect(plan.spaces[0].changes.contains { $0.path == "visibility" && $0.new == "private" })
    #expect(plan.totals.upperAfter.description == "$292.00")
    #expect(plan.totals.restarts == 0)
  }

  @Test("absent is not gone: what the token cannot see is blocked with status 4")
  func unknown() {
    var scene = Scene.settled()
    scene.observation.spaces = [:]
    scene.observation.unknown[Scene.chat] = "the token is narrow"
    let plan = scene.plan()
    #expect(plan.spaces[0].blocked?.status == .notAllowed)
    #expect(plan.status == .notAllowed)
    scene.observation.unknown = [:]
    scene.observation.absent = [Scene.chat]
    #expect(scene.chatPlan().action == .create)
    #expect(scene.chatPlan().origin == .drift)
  }

  @Test("a Space that exists and is not in the lock is blocked until it is adopted")
  func adoption() {
    var scene = Scene.settled()
    scene.lock?.spaces = [:]
    #expect(scene.chatPlan().blocked != nil)
    #expect(scene.plan().status == .failure)
    scene.options.adopt = [Scene.chat]
    #expect(scene.chatPlan().blocked == nil)
    #expect(scene.chatPlan().action == .adopt)
  }

  @Test("another Space at a recorded address is foreign")
  func foreignSpace() {
    var scene = Scene.settled()
    scene.live { $0.info.hubID = "id-other" }
    #expect(scene.chatPlan().blocked?.reason.contains("another Space") == true)
  }

  @Test("a definition that went is refused, destroyed when named, forgotten when asked")
  func removal() {
    var scene = Scene.settled()
    let other = SpaceDefinition(id: Scene.api, file: "spaces/api.space.yaml")
    scene.fleet = [other]
    scene.observation.absent = [Scene.api]
    #expect(scene.chatPlan().blocked?.help.contains("removed:") == true)
    #expect(scene.plan().status == .failure)
    scene.removed = [Removal(space: Scene.chat, destroy: true)]
    #expect(scene.chatPlan().blocked == nil)
    #expect(scene.chatPlan().steps == [.destroy])
    scene.removed = [Removal(space: Scene.chat, destroy: false)]
    #expect(scene.chatPlan().steps == [.forget])
    scene.removed = [Removal(space: Scene.chat, destroy: true)]
    scene.recorded { $0.preventDestroy = true }
    #expect(scene.chatPlan().blocked?.reason.contains("prevent_destroy") == true)
  }

  @Test("more destroys than allowed block every one of them")
  func manyDestroys() {
    var scene = Scene.settled()
    scene.fleet = [SpaceDefinition(id: address("acme/new"), file: "n")]
    scene.observation.absent = [address("acme/new")]
    var info = SpaceInfo(hubID: "id-api", address: Scene.api)
    info.sha = Scene.head
    scene.observation.spaces[Scene.api] = ObservedSpace(info: info)
    scene.lock?.spaces[Scene.api] = LockRecord(hubID: "id-api")
    scene.options.allowDestroy = true
    #expect(scene.plan().spaces.filter { $0.blocked != nil }.count == 2)
    scene.options.maximumDestroys = 2
    #expect(scene.plan().spaces.allSatisfy { $0.blocked == nil })
  }

  @Test("an empty definition set destroys nothing")
  func emptySet() {
    var scene = Scene.settled()
    scene.fleet = []
    #expect(scene.plan().refusals.count == 1)
    #expect(scene.plan().status == .failure)
  }

  @Test("moved_from renames, never destroys and creates; a move already done is no change")
  func move() {
    let target = address("acme/talk")
    var scene = Scene.settled()
    var definition = SpaceDefinition(id: target, file: "spaces/talk.space.yaml")
    definition.visibility = .private
    definition.movedFrom = Scene.chat
    scene.fleet = [definition]
    scene.observation.absent = [target]
    let plan = scene.plan()
    #expect(plan.spaces.map(\.action) == [.move])
    #expect(plan.spaces[0].steps == [.move(from: Scene.chat)])

    let there = scene.observation.spaces.removeValue(forKey: Scene.chat)
    scene.observation.absent = [Scene.chat]
    if var there {
      there.info.address = target
      scene.observation.spaces[target] = there
    }
    #expect(scene.plan().spaces.map(\.action) == [.none])
  }

  @Test("a lost Space with the same files suggests moved_from")
  func twin() {
    var scene = Scene.settled()
    scene.recorded { $0.content = RecordedContent(digest: "sha256:1", commit: Scene.head) }
    scene.fleet = [SpaceDefinition(id: Scene.api, file: "spaces/api.space.yaml")]
    scene.observation.absent = [Scene.api]
    scene.manifests[Scene.api] = ContentManifest(files: [], readme: nil, digest: "sha256:1", managesFiles: true)
    #expect(scene.chatPlan().blocked?.help.contains("moved_from: acme/chat") == true)
  }

  private func manifest(_ files: [String: String]) -> ContentManifest {
    ContentManifest(
      files: files.map { ContentFile(path: $0.key, size: 1, id: ContentID(git: $0.value, sha256: $0.value)) }, readme: nil,
      digest: "sha256:x", managesFiles: true)
  }
}
