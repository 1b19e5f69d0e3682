import Diagnostics
import HubAPI
import Reconciler
import SpaceModel
import State
import Testing

@Suite("Plans that ask nothing of the Hub")
struct OfflinePlanTests {
  /// A Space that is defined as it is recorded, and no Hub.
  private func scene(_ change: (inout SpaceDefinition) -> Void = { _ in }) -> Scene {
    var scene = Scene.settled(change)
    scene.observation = Observation(recordedIn: nil)
    return scene
  }

  private func plan(_ scene: Scene) -> Plan {
    var scene = scene
    scene.observation = Observation(recordedIn: scene.lock)
    return scene.plan()
  }

  private func chat(_ scene: Scene) -> SpacePlan {
    plan(scene).spaces.first { $0.address == Scene.chat } ?? SpacePlan(address: Scene.chat)
  }

  @Test("what is defined as recorded is no change, and says how it was found out")
  func settled() {
    let plan = plan(scene())
    #expect(!plan.hasChanges)
    #expect(plan.refresh == .nothing)
    #expect(plan.json["refresh"] == "none")
    #expect(Scene.settled().plan().json["refresh"] == "bulk")
  }

  @Test("settings, variables, secrets and volumes are compared with the lock")
  func attributes() {
    var scene = scene {
      $0.hardware = "t4-small"
      $0.variables = [
        "LOG": VariableDeclaration(value: ValueTemplate("debug")), "SAME": VariableDeclaration(value: ValueTemplate("1")),
      ]
      $0.secrets = [
        "NEW": SecretDeclaration(source: .environment("NEW")), "KEY": SecretDeclaration(source: .environment("KEY")),
      ]
      $0.volumes = [Volume(kind: .bucket, source: "acme/data", mount: "/data")]
    }
    scene.recorded {
      $0.variables = [
        "LOG": RecordedVariable(value: "info"), "SAME": RecordedVariable(value: "1"), "OLD": RecordedVariable(value: "x"),
      ]
      $0.secrets = ["KEY": RecordedSecret(updatedAt: nil), "GONE": RecordedSecret(updatedAt: nil)]
      $0.volumes = []
    }
    let space = chat(scene)
    #expect(space.action == .update)
    #expect(
      space.changes.map(\.path) == [
        "hardware", "secrets.GONE", "secrets.NEW", "variables.LOG", "variables.OLD", "volumes",
      ])
    #expect(space.changes.first { $0.path == "variables.LOG" }?.old == "info")
    #expect(space.changes.allSatisfy { $0.origin == .wanted })
    #expect(space.stage == nil)
  }

  @Test("other files are one change by digest, and the same files none")
  func content() {
    var scene = scene { $0.source = ContentSource(path: "apps/chat") }
    scene.recorded { $0.content = RecordedContent(digest: "sha256:old", commit: Scene.head, live: Scene.head) }
    func manifest(_ digest: String) -> ContentManifest {
      ContentManifest(
        files: [ContentFile(path: "app.py", size: 10, id: ContentID(git: "g1", sha256: "s1"))], readme: nil, digest: digest,
        managesFiles: true)
    }
    scene.manifests[Scene.chat] = manifest("sha256:old")
    #expect(chat(scene).action == .none)
    scene.manifests[Scene.chat] = manifest("sha256:new")
    let space = chat(scene)
    #expect(
      space.changes == [Change(path: "content", old: "sha256:old", new: "sha256:new", effect: .rebuild)])
    #expect(space.files.isEmpty)
    #expect(space.steps.first == .commitContent)
    scene.fleet[0].lifecycle.ignoreChanges = ["content"]
    #expect(chat(scene).action == .none)
  }

  @Test("a Space whose files cannot be read is planned without them, and says so")
  func unread() {
    var scene = scene { $0.source = ContentSource(path: "apps/chat") }
    scene.observation = Observation(recordedIn: scene.lock)
    var input = PlanInput(
      fleet: Fleet(project: Project(name: "demos", owner: "acme", removed: []), spaces: scene.fleet), manifests: [:],
      lock: scene.lock, observation: scene.observation, endpoint: "http://127.0.0.1:7780")
    input.unreadContents = [Scene.chat: "reading model.bin: it is a git-lfs pointer"]
    let space = Planner.plan(input).spaces[0]
    #expect(space.action == .none)
    #expect(
      space.notes == [
        "its files are not in this plan, because they cannot be read: reading model.bin: it is a git-lfs pointer"
      ])
  }

  @Test("a Space that the lock does not know is to be created, with its files; one at its old address is moved")
  func creationAndMove() {
    var scene = scene()
    scene.fleet[0].movedFrom = Scene.api
    scene.lock?.spaces = [Scene.api: LockRecord(hubID: "id-chat")]
    #expect(chat(scene).action == .move)
    scene.lock = nil
    scene.manifests[Scene.chat] = ContentManifest(
      files: [ContentFile(path: "app.py", size: 10, id: ContentID(git: "g1", sha256: "s1"))], readme: nil,
      digest: "sha256:new", managesFiles: true)
    #expect(chat(scene).action == .create)
    #expect(chat(scene).files.map(\.path) == ["app.py"])
  }

  @Test("a removal that nothing permits is refused, as it is with the Hub")
  func removal() {
    var scene = scene()
    scene.lock?.spaces[Scene.api] = LockRecord(hubID: "id-api")
    let refused = plan(scene)
    #expect(refused.status == .failure)
    #expect(refused.spaces.first { $0.address == Scene.api }?.blocked != nil)
    scene.removed = [Removal(space: Scene.api, destroy: true)]
    #expect(plan(scene).status == .success)
    #expect(plan(scene).spaces.first { $0.address == Scene.api }?.action == .destroy)
    scene.fleet = []
    scene.removed = []
    #expect(plan(scene).refusals.count == 1)
  }

  @Test("a host that the Hub chose and nobody asked for may be the recorded one")
  func hosts() {
    var scene = scene {
      $0.variables = [
        "API": VariableDeclaration(value: ValueTemplate(parts: [.reference(Scene.api, .url), .text("/v1")])),
        "HOST": VariableDeclaration(value: ValueTemplate(parts: [.reference(Scene.api, .host)])),
      ]
    }
    scene.fleet.append(SpaceDefinition(id: Scene.api, file: "spaces/api.space.yaml"))
    scene.lock?.spaces[Scene.api] = LockRecord(hubID: "id-api")
    scene.recorded {
      $0.variables = [
        "API": RecordedVariable(value: "https://acme-api-7.hf.space/v1"),
        "HOST": RecordedVariable(value: "acme-api-7.hf.space"),
      ]
    }
    #expect(chat(scene).action == .none)
    // What is around the host is known.
    scene.recorded { $0.variables["API"]?.value = "https://acme-api-7.hf.space/v2" }
    #expect(chat(scene).changes.map(\.path) == ["variables.API"])
    // Of a Space to be born the host is predicted, as ever.
    scene.lock?.spaces[Scene.api] = nil
    #expect(chat(scene).changes.map(\.path) == ["variables.API", "variables.HOST"])
  }

  @Test("the cost before is that of what is recorded")
  func cost() {
    var scene = scene { $0.hardware = "cpu-basic" }
    scene.recorded { $0.settings = ["hardware": "t4-small", "replicas": 2] }
    #expect(plan(scene).totals.upperBefore == Money(usd: 584))
    #expect(plan(scene).totals.upperAfter == .zero)
  }

  @Test("it binds nothing, and is refused where a saved plan is expected")
  func notSaved() {
    let plan = plan(scene { $0.hardware = "t4-small" })
    #expect(plan.hasChanges)
    #expect(plan.json["bindings"] == .object([:]))
    let failure = #expect(throws: Failure.self) { try SavedPlan(bytes: Array(plan.json.prettyText.utf8), name: "p.json") }
    #expect(failure?.status == .usage)
    #expect(failure?.help == "Make it again with `spaceform plan --out p.json`")
  }
}
