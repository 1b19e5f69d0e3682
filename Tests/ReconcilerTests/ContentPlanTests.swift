import HubAPI
import Reconciler
import SpaceModel
import State
import Testing

@Suite("Files in a plan")
struct ContentPlanTests {
  private func scene(recordedDigest: String = "sha256:old", recordedCommit: String = Scene.head) -> Scene {
    var scene = Scene.settled {
      $0.source = ContentSource(path: "apps/chat")
      $0.wait = WaitPolicy(condition: .running)
    }
    scene.manifests[Scene.chat] = ContentManifest(
      files: [
        ContentFile(path: "app.py", size: 10, id: ContentID(git: "g1", sha256: "s1")),
        ContentFile(path: "model.bin", size: 20, id: ContentID(git: "g2", sha256: "s2")),
      ], readme: nil, digest: "sha256:new", managesFiles: true)
    scene.recorded { $0.content = RecordedContent(digest: recordedDigest, commit: recordedCommit, live: recordedCommit) }
    return scene
  }

  private func tree(_ content: [TreeFile], commits: [String] = [], reachesRecorded: Bool = true) -> ObservedContent {
    ObservedContent(
      files: content, commits: commits.map { CommitRecord(id: $0, title: "Edit") }, reachesRecorded: reachesRecorded)
  }

  @Test("files are compared by git id, LFS files by SHA-256, and listed one by one")
  func fileByFile() {
    var scene = scene()
    scene.live {
      $0.content = .value(
        tree([
          TreeFile(path: "app.py", size: 9, git: "g0"), TreeFile(path: "model.bin", size: 20, git: "pointer", lfsSHA256: "s2"),
          TreeFile(path: "old.py", size: 5, git: "g9"), TreeFile(path: ".gitattributes", size: 5, git: "g8"),
        ]))
    }
    let plan = scene.chatPlan()
    #expect(plan.files.map { "\($0.operation.rawValue) \($0.path)" } == ["update app.py", "delete old.py"])
    #expect(plan.steps == [.commitContent, .waitUntilLive])
    #expect(plan.origin == .wanted)
  }

  @Test("without prune nothing is deleted")
  func withoutPrune() {
    var scene = scene()
    scene.fleet[0].source?.prune = false
    scene.live { $0.content = .value(tree([TreeFile(path: "old.py", size: 5, git: "g9")])) }
    #expect(scene.chatPlan().files.allSatisfy { $0.operation != .delete })
  }

  @Test("commits of others block the files, not the settings")
  func foreignCommits() {
    var scene = scene(recordedCommit: String(repeating: "b", count: 40))
    scene.fleet[0].hardware = "cpu-upgrade"
    scene.live { $0.content = .value(tree([TreeFile(path: "app.py", size: 9, git: "g0")], commits: ["c1", "c2"])) }
    let plan = scene.chatPlan()
    #expect(plan.blocked == nil)
    #expect(plan.blockedContent?.reason == "acme/chat has 2 commits that are not ours")
    #expect(plan.steps == [.requestHardware("cpu-upgrade", nil), .waitUntilLive])
    #expect(scene.plan().status == .failure)
    scene.options.overwriteForeign = true
    #expect(scene.chatPlan().blockedContent == nil)
    #expect(scene.chatPlan().steps.contains(.commitContent))
  }

  @Test("another sdk than the declared one is said where nothing writes the README, and hides no setting")
  func sdkWithoutReadme() {
    var scene = Scene.settled {
      $0.sdk = .gradio
      $0.hardware = "cpu-upgrade"
    }
    #expect(scene.chatPlan().blockedContent == nil)
    scene.fleet[0].declaresSDK = true
    let plan = scene.chatPlan()
    #expect(plan.blockedContent?.reason == "the sdk of acme/chat is docker, and spaces/chat.space.yaml says gradio")
    #expect(plan.steps == [.requestHardware("cpu-upgrade", nil)])
    #expect(scene.plan().status == .failure)
    scene.fleet[0].lifecycle.ignoreChanges = ["content"]
    #expect(scene.chatPlan().blockedContent == nil)
  }

  @Test("an equal tree takes the head over silently, whoever made it")
  func equalTree() {
    var scene = scene(recordedCommit: String(repeating: "b", count: 40))
    scene.live {
      $0.content = .value(
        tree(
          [TreeFile(path: "app.py", size: 10, git: "g1"), TreeFile(path: "model.bin", size: 20, git: "g2")], commits: ["c1"]))
    }
    #expect(scene.chatPlan().action == .none)
  }

  @Test("a commit that was never seen running is verified")
  func verify() {
    var scene = scene(recordedDigest: "sha256:new")
    scene.recorded { $0.content?.live = nil }
    let plan = scene.chatPlan()
    #expect(plan.action == .verify)
    #expect(plan.steps == [.waitUntilLive])
    #expect(scene.plan().hasChanges)
  }

  @Test("a paused Space is never waited for")
  func paused() {
    var scene = scene(recordedDigest: "sha256:new")
    scene.recorded { $0.content?.live = nil }
    scene.live { $0.info.runtime?.stage = .paused }
    #expect(scene.chatPlan().action == .none)
    #expect(scene.chatPlan().notes == ["paused on the Hub; Spaceform never starts it"])
  }

  @Test("a README that means the same is no change, one that does not is")
  func readme() {
    var scene = scene()
    let wanted = Readme(frontMatter: ["title": "Chat", "sdk": "docker"], body: "Hello\n", text: "---\n…")
    scene.manifests[Scene.chat]?.files = []
    scene.manifests[Scene.chat]?.readme = wanted
    let file = TreeFile(path: "README.md", size: 1, git: "r1")
    scene.live {
      var content = tree([file])
      content.readme = Readme(frontMatter: ["sdk": "docker", "title": "Chat"], body: "\nHello", text: "other layout")
      $0.content = .value(content)
    }
    #expect(scene.chatPlan().files == [])
    scene.live {
      var content = tree([file])
      content.readme = Readme(frontMatter: ["sdk": "docker", "title": "Talk"], body: "Hello", text: "")
      $0.content = .value(content)
    }
    #expect(scene.chatPlan().files.map(\.path) == ["README.md"])
  }

  @Test("our lines of .gitattributes being there is enough: the Hub adds its own")
  func attributes() {
    var scene = scene()
    scene.manifests[Scene.chat]?.files = [
      ContentFile(path: ".gitattributes", size: 1, id: ContentID(git: "ours", sha256: "ours"))
    ]
    scene.manifests[Scene.chat]?.attributes = "*.bin filter=lfs diff=lfs\n"
    scene.live {
      var content = tree([TreeFile(path: ".gitattributes", size: 2, git: "theirs")])
      content.attributes = ["*.bin  filter=lfs diff=lfs", "*.png filter=lfs"]
      $0.content = .value(content)
    }
    #expect(scene.chatPlan().files == [])
    scene.live {
      var content = tree([TreeFile(path: ".gitattributes", size: 2, git: "theirs")])
      content.attributes = ["*.png filter=lfs"]
      $0.content = .value(content)
    }
    #expect(scene.chatPlan().files.map(\.path) == [".gitattributes"])
  }
}
