import Diagnostics
import HubAPI
import SpaceModel
import State
import Testing

@testable import Reconciler

@Suite("What a refresh asks")
struct RefresherTests {
  private let other = address("beta/web")

  private func definition(_ id: SpaceID, _ change: (inout SpaceDefinition) -> Void = { _ in }) -> SpaceDefinition {
    var definition = SpaceDefinition(id: id, file: "spaces/\(id.name).space.yaml")
    change(&definition)
    return definition
  }

  private func observe(
    _ hub: ScriptedHub, _ spaces: [SpaceDefinition], manifests: [SpaceID: ContentManifest] = [:],
    records: [SpaceID: LockRecord] = [:], refresh: Refresh = .bulk
  ) async throws -> Observation {
    try await Refresher(hub: hub) { Readme(frontMatter: [:], body: $0, text: $0) }.observe(
      fleet: Fleet(project: Project(name: "demos"), spaces: spaces), manifests: manifests,
      lock: Lock(project: "demos", hub: "local", spaces: records), refresh: refresh)
  }

  @Test("one whoami and one list a namespace, however many Spaces there are")
  func bulk() async throws {
    let names = (0..<200).map { address("acme/s\($0)") }
    let hub = ScriptedHub { world in
      world.identity.organisations.append(.init(name: "beta", role: "write"))
      for name in names + [self.other] { world.spaces[name] = .running(name) }
    }
    let seen = try await observe(hub, (names + [other]).map { definition($0) })
    #expect(hub.calls == ["list acme", "list beta", "whoami"])
    #expect(seen.spaces.count == 201)
    #expect(seen.quota?.remaining == 500)
  }

  @Test("keys and volumes are asked for only where they are managed")
  func details() async throws {
    let hub = ScriptedHub { world in
      for name in ["a", "b", "c", "d"] { world.spaces[address("acme/\(name)")] = .running(address("acme/\(name)")) }
    }
    var record = LockRecord(hubID: "id-d")
    record.secrets = ["K": RecordedSecret(updatedAt: nil)]
    let seen = try await observe(
      hub,
      [
        definition(address("acme/a")),
        definition(address("acme/b")) { $0.variables = ["A": VariableDeclaration(value: ValueTemplate("1"))] },
        definition(address("acme/c")) { $0.volumes = [] }, definition(address("acme/d")),
      ], records: [address("acme/d"): record])
    #expect(hub.calls == ["list acme", "runtime acme/c", "secrets acme/d", "variables acme/b", "whoami"])
    #expect(seen.spaces[address("acme/a")]?.variables == .notRead)
    #expect(seen.spaces[address("acme/b")]?.variables == .value([:]))
  }

  @Test("a full refresh asks for the keys of every Space, twice each, and keeps apart what no plan depends on")
  func full() async throws {
    let hub = ScriptedHub { world in
      for name in ["a", "b", "c"] { world.spaces[address("acme/\(name)")] = .running(address("acme/\(name)")) }
      world.variables[address("acme/a")] = ["THEIRS": LiveVariable(value: "1")]
      world.secrets[address("acme/b")] = ["TOKEN": LiveSecret()]
      world.errors["secrets acme/c"] = HubError(kind: .forbidden, call: "secrets", message: "not yours")
    }
    let seen = try await observe(
      hub,
      [
        definition(address("acme/a")),
        definition(address("acme/b")) { $0.variables = ["A": VariableDeclaration(value: ValueTemplate("1"))] },
        definition(address("acme/c")),
      ], records: [address("acme/a"): LockRecord(hubID: "id-a"), address("acme/gone"): LockRecord(hubID: "id-gone")],
      refresh: .full)
    #expect(
      hub.calls == [
        "list acme", "secrets acme/a", "secrets acme/b", "secrets acme/c", "secrets acme/gone", "variables acme/a",
        "variables acme/b", "variables acme/c", "variables acme/gone", "whoami",
      ])
    #expect(seen.refresh == .full)
    #expect(seen.spaces[address("acme/a")]?.variables == .notRead)
    #expect(seen.spaces[address("acme/a")]?.keys.variables == .value(["THEIRS"]))
    #expect(seen.spaces[address("acme/b")]?.variables == .value([:]))
    #expect(seen.spaces[address("acme/b")]?.keys.secrets == .value(["TOKEN"]))
    #expect(seen.spaces[address("acme/c")]?.keys.secrets == .unreadable("not yours"))
    #expect(seen.absent == [address("acme/gone")])
  }

  @Test("files are read only where the head is not ours or the wanted files are not the recorded ones")
  func content() async throws {
    let manifest = ContentManifest(files: [], readme: nil, digest: "sha256:new", managesFiles: true)
    let hub = ScriptedHub { world in
      world.spaces[Scene.chat] = .running(Scene.chat)
      world.trees[Scene.chat] = [TreeFile(path: "app.py", size: 1, git: "g")]
      world.commits[Scene.chat] = [
        CommitRecord(id: Scene.head, title: "theirs"), CommitRecord(id: "ours", title: "ours"),
        CommitRecord(id: "first", title: "first"),
      ]
    }
    var record = LockRecord(hubID: "id-chat")
    record.content = RecordedContent(digest: "sha256:new", commit: Scene.head)
    _ = try await observe(hub, [definition(Scene.chat)], manifests: [Scene.chat: manifest], records: [Scene.chat: record])
    #expect(hub.calls == ["list acme", "whoami"])

    // Other files are wanted, and the head is ours: the tree, without the history.
    hub.change { $0.calls = [] }
    record.content = RecordedContent(digest: "sha256:old", commit: Scene.head)
    _ = try await observe(hub, [definition(Scene.chat)], manifests: [Scene.chat: manifest], records: [Scene.chat: record])
    #expect(hub.calls == ["list acme", "tree acme/chat", "whoami"])

    // The head is not ours: the history down to ours.
    hub.change { $0.calls = [] }
    record.content = RecordedContent(digest: "sha256:new", commit: "ours")
    let seen = try await observe(
      hub, [definition(Scene.chat)], manifests: [Scene.chat: manifest], records: [Scene.chat: record])
    #expect(hub.calls == ["commits acme/chat", "list acme", "tree acme/chat", "whoami"])
    #expect(seen.spaces[Scene.chat]?.content.value?.commits.map(\.id) == [Scene.head])
    #expect(seen.spaces[Scene.chat]?.content.value?.reachesRecorded == true)
  }

  @Test("the README is fetched where one is wanted and one is there")
  func readme() async throws {
    let readme = Readme(frontMatter: [:], body: "ours", text: "ours")
    let manifest = ContentManifest(files: [], readme: readme, digest: "sha256:new", managesFiles: true)
    let hub = ScriptedHub { world in
      world.spaces[Scene.chat] = .running(Scene.chat)
      world.trees[Scene.chat] = [TreeFile(path: "README.md", size: 6, git: "g")]
      world.files["README.md"] = "theirs"
      world.commits[Scene.chat] = []
    }
    let seen = try await observe(hub, [definition(Scene.chat)], manifests: [Scene.chat: manifest])
    #expect(seen.spaces[Scene.chat]?.content.value?.readme?.body == "theirs")
    #expect(hub.calls.contains("file acme/chat/README.md"))
  }

  @Test("absent counts as gone only where the token reads the whole namespace")
  func absent() async throws {
    let all = ScriptedHub()
    #expect(try await observe(all, [definition(Scene.chat)]).absent == [Scene.chat])
    #expect(all.calls == ["list acme", "whoami"])

    let some = ScriptedHub { $0.identity.token = .fineGrained }
    let seen = try await observe(some, [definition(Scene.chat)])
    #expect(seen.absent.isEmpty)
    #expect(seen.unknown[Scene.chat]?.contains("may not read all of acme") == true)
    #expect(some.calls == ["list acme", "space acme/chat", "whoami"])

    let refused = ScriptedHub {
      $0.errors["list acme"] = HubError(kind: .forbidden, call: "list acme", message: "no")
      $0.spaces[Scene.chat] = .running(Scene.chat)
    }
    #expect(try await observe(refused, [definition(Scene.chat)]).spaces[Scene.chat] != nil)
  }

  @Test("an answer for another address means that the Space was moved")
  func moved() async throws {
    let hub = ScriptedHub {
      $0.identity.token = .fineGrained
      $0.spaces[Scene.chat] = .running(Scene.api, hubID: "id-chat")
    }
    let seen = try await observe(hub, [definition(Scene.chat)])
    #expect(seen.unknown[Scene.chat] == "the Hub answers for acme/chat with acme/api: it was moved")
    #expect(seen.addresses["id-chat"] == Scene.api)
  }

  @Test("what the token may not read is unreadable, not a failure")
  func unreadable() async throws {
    let hub = ScriptedHub {
      var info = SpaceInfo.running(Scene.chat)
      info.runtime?.volumes = [WireVolume(Volume(kind: .bucket, source: "****", mount: "/data"))]
      $0.spaces[Scene.chat] = info
      $0.errors["variables acme/chat"] = HubError(kind: .forbidden, call: "variables", message: "not yours")
    }
    let seen = try await observe(
      hub,
      [
        definition(Scene.chat) {
          $0.variables = ["A": VariableDeclaration(value: ValueTemplate("1"))]
          $0.volumes = []
        }
      ])
    #expect(seen.spaces[Scene.chat]?.variables == .unreadable("not yours"))
    #expect(seen.spaces[Scene.chat]?.volumes == .unreadable("a volume's source is hidden from this token"))
  }

  @Test("without a valid token, or with a Hub that fails, there is no plan")
  func failures() async throws {
    for (call, kind) in [("whoami", HubError.Kind.unauthenticated), ("list acme", .server), ("variables acme/chat", .server)] {
      let hub = ScriptedHub {
        $0.spaces[Scene.chat] = .running(Scene.chat)
        $0.errors[call] = HubError(kind: kind, call: call, message: "no")
      }
      await #expect(throws: Failure.self) {
        _ = try await observe(
          hub, [definition(Scene.chat) { $0.variables = ["A": VariableDeclaration(value: ValueTemplate("1"))] }])
      }
    }
  }
}
