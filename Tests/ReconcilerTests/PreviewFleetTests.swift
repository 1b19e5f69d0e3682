import Diagnostics
import Reconciler
import SpaceModel
import State
import Testing

/// What a preview holds, and what it leaves out.
@Suite struct PreviewFleetTests {
  private let chat = address("acme/chat")
  private let backend = address("acme/backend")

  private func fleet(_ edit: (inout SpaceDefinition) -> Void = { _ in }) -> Fleet {
    var chat = SpaceDefinition(id: chat, file: "spaces/chat.space.yaml")
    chat.hardware = Flavour(rawValue: "a10g-small")
    chat.sleepTime = SleepTime("1h")
    chat.visibility = .public
    chat.replicas = 3
    chat.devMode = true
    chat.variables = [
      "URL": VariableDeclaration(value: ValueTemplate(parts: [.text("<"), .reference(backend, .url)])),
      "LEVEL": VariableDeclaration(value: ValueTemplate("info"), note: "how much"),
    ]
    chat.secrets = [
      "TOKEN": SecretDeclaration(source: .environment("TOKEN")), "KEY": SecretDeclaration(source: .environment("KEY")),
    ]
    chat.volumes = [
      Volume(kind: .bucket, source: "acme/data", mount: "/data"), Volume(kind: .model, source: "acme/m", mount: "/model"),
    ]
    chat.lifecycle = Lifecycle(preventDestroy: true)
    chat.movedFrom = SpaceID("acme/old")
    edit(&chat)
    let backend = SpaceDefinition(id: backend, file: "spaces/backend.space.yaml")
    let other = SpaceDefinition(id: address("acme/other"), file: "spaces/other.space.yaml")
    return Fleet(
      project: Project(
        name: "demos", removed: [Removal(space: address("acme/gone"), destroy: true)],
        preview: PreviewDeclaration(secrets: ["KEY"], volumes: ["/model"])), spaces: [chat, backend, other])
  }

  @Test func aCopyIsPrivateAndFreeAndHoldsWhatIsPermitted() throws {
    let copies = try PreviewFleet(of: fleet(), number: 12).fleet([chat], recorded: nil)
    #expect(copies.spaces.map(\.id.description) == ["acme/backend-pr-12", "acme/chat-pr-12"])
    let copy = try #require(copies[address("acme/chat-pr-12")])
    #expect(copy.hardware == .cpuBasic && copy.visibility == .private)
    #expect(copy.sleepTime == nil && copy.replicas == nil && copy.devMode == nil && copy.movedFrom == nil)
    #expect(!copy.lifecycle.preventDestroy)
    #expect(copy.secrets.keys.sorted() == ["KEY"])
    #expect(copy.volumes?.map(\.mount) == ["/model"])
    #expect(copy.variables["LEVEL"] == fleet()[chat]?.variables["LEVEL"])
    #expect(copy.variables["URL"]?.value.references.map(\.description) == ["acme/backend-pr-12"])
    #expect(copies.project.environment == "pr-12" && copies.project.removed.isEmpty)
  }

  @Test func whatIsNotChosenAnyMoreIsRemovedAndNothingElse() throws {
    var lock = Lock(project: "demos", hub: "local")
    lock.spaces[address("acme/other-pr-12")] = LockRecord(hubID: "1")
    lock.spaces[address("acme/chat-pr-12")] = LockRecord(hubID: "2")
    let preview = PreviewFleet(of: fleet(), number: 12)
    let copies = try preview.fleet([chat], recorded: lock)
    #expect(copies.project.removed == [Removal(space: address("acme/other-pr-12"), destroy: true)])
    #expect(try preview.fleet([], recorded: lock).project.removed.count == 2)
    #expect(try preview.fleet([], recorded: nil).project.removed.isEmpty)
  }

  @Test func whatACopyWouldNotShowIsNoChange() {
    func changes(_ edit: (inout SpaceDefinition) -> Void) -> Set<SpaceID> {
      PreviewFleet(of: fleet(edit), number: 1).changes(since: fleet(), files: ([:], [:]))
    }
    #expect(changes { _ in } == [])
    #expect(changes { $0.hardware = Flavour(rawValue: "t4-small") } == [])
    #expect(changes { $0.visibility = .private } == [])
    #expect(changes { $0.file = "spaces/moved.space.yaml" } == [])
    #expect(changes { $0.secrets["TOKEN"] = nil } == [])
    #expect(changes { $0.secrets["KEY"] = nil } == [chat])
    #expect(changes { $0.variables["LEVEL"] = nil } == [chat])
    #expect(changes { $0.card = ["title": "Chat"] } == [chat])
  }

  @Test func changedFilesAreAChange() {
    let preview = PreviewFleet(of: fleet(), number: 1)
    #expect(preview.changes(since: fleet(), files: ([chat: "a"], [chat: "b"])) == [chat])
    #expect(preview.changes(since: fleet(), files: ([chat: "a"], [chat: "a"])) == [])
    #expect(preview.changes(since: Fleet(project: fleet().project, spaces: []), files: ([:], [:])).count == 3)
  }

  @Test func secretsLeftOutAreNamed() {
    let preview = PreviewFleet(of: fleet(), number: 1)
    #expect(preview.secretsLeftOut(of: [chat]) == ["TOKEN"])
    #expect(preview.secretsLeftOut(of: [backend]) == [])
  }

  @Test func aNameThatBecomesTooLongIsToldWithAWayOut() {
    let long = SpaceDefinition(id: address("acme/" + String(repeating: "a", count: 92)), file: "spaces/a.space.yaml")
    let preview = PreviewFleet(of: Fleet(project: Project(name: "demos"), spaces: [long]), number: 7)
    let failure = #expect(throws: Failure.self) { try preview.fleet([long.id], recorded: nil) }
    #expect(failure?.help?.contains("--exclude") == true)
  }

  @Test(
    arguments: [
      ("pr-12", nil, 12), ("staging-pr-3", "staging", 3), ("pr-3", "staging", nil), ("staging-pr-3", nil, nil),
      ("pr-012", nil, nil),
      ("pr-", nil, nil), ("pr-0", nil, nil), ("pr-x", nil, nil), ("production", nil, nil),
    ] as [(String, String?, Int?)])
  func anEnvironmentsNameSaysWhosePreviewItIs(name: String, base: String?, number: Int?) {
    #expect(PreviewFleet.number(ofEnvironment: name, base: base) == number)
  }
}
