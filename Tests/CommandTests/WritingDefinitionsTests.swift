import Definitions
import Files
import Foundation
import HubAPI
import SpaceModel
import Testing

@testable import spaceform

@Suite("Writing definitions")
struct WritingDefinitionsTests {
  private func fleet(_ files: [String: String]) throws -> LoadedDefinitions {
    let folder = try ScratchFolder()
    for (path, text) in files { try folder.write(text, at: path) }
    return try DefinitionLoader.load(tree: try WorkTree(folder.path), environment: nil, folderName: "demo")
  }

  @Test("What init writes for an empty folder validates without a word")
  func example() throws {
    let loaded = try fleet([
      "spaceform.yaml": Scaffold(projectName: "demo", owner: "acme").projectFile,
      "spaces/hello.space.yaml": Scaffold.exampleDefinition(file: "spaces/hello.space.yaml"),
      "apps/hello/index.html": Scaffold.examplePage,
    ])
    #expect(loaded.findings.isEmpty)
    #expect(loaded.fleet?.spaces.map(\.id.description) == ["acme/hello"])
  }

  @Test(
    "A folder whose name would be a number or a truth value still names a project", arguments: ["2024", "yes", "a: b", "#1"])
  func oddNames(name: String) throws {
    let loaded = try fleet([
      "spaceform.yaml": Scaffold(projectName: name, owner: "acme").projectFile,
      "spaces/hello.space.yaml": Scaffold.exampleDefinition(file: "spaces/hello.space.yaml"),
      "apps/hello/index.html": Scaffold.examplePage,
    ])
    #expect(loaded.fleet?.project.name == name)
  }

  @Test("The port of a Dockerfile is carried to the card, unless it is the Hub's own")
  func ports() {
    var app = FoundApp(folder: "a", sdk: .docker, name: "a", reason: "it has a Dockerfile", port: 8000)
    #expect(Scaffold.definition(app, name: "a", file: "spaces/a.space.yaml").contains("app_port: 8000"))
    app.port = 7860
    #expect(!Scaffold.definition(app, name: "a", file: "spaces/a.space.yaml").contains("app_port"))
  }

  @Test("The last plain EXPOSE is the port")
  func exposed() {
    #expect(FoundApp.exposedPort(Array("EXPOSE 80\nexpose 9000/tcp\n".utf8)) == 9000)
    #expect(FoundApp.exposedPort(Array("EXPOSE $PORT\n".utf8)) == nil)
    #expect(FoundApp.exposedPort(Array("EXPOSE 70000\n".utf8)) == nil)
  }

  @Test("An imported Space's file reads back as the Space")
  func roundTrip() throws {
    var info = SpaceInfo(hubID: "66", address: try #require(SpaceID("acme/chat")))
    info.sdk = .docker
    info.isPrivate = true
    info.region = "eu"
    info.resourceGroup = ResourceGroup(id: "66670e5163145ca562cb1988")
    var runtime = SpaceRuntime(stage: .sleeping, hardware: .init(current: nil, requested: "t4-small"))
    runtime.gcTimeout = 5400
    runtime.replicas = .init(requested: .fixed(2), current: nil)
    runtime.devMode = true
    info.runtime = runtime
    let volume = Volume(kind: .bucket, source: "acme/data", mount: "/data", readOnly: true)
    let observed = ObservedForImport(
      info: info,
      variables: [
        "PLAIN": LiveVariable(value: "info"), "NUMBER": LiveVariable(value: "012"),
        "TEXT": LiveVariable(value: "a\n\"b\" # ${space.x.url} $${space} $HOME", description: "what: it is"),
        "LIST": LiveVariable(value: "[a, {b}]", description: "odd, [even] {x} ?"), "EMPTY": LiveVariable(value: ""),
      ],
      secrets: ["API_KEY": LiveSecret()], volumes: [volume], hasUnknownVolumes: false)
    let text = ImportedDefinition(observed: observed, namesOwner: true, source: nil).text
    let loaded = try fleet(["spaceform.yaml": "version: 1\n", "spaces/chat.space.yaml": text])
    #expect(loaded.findings.filter { $0.severity == .error }.isEmpty)
    let space = try #require(loaded.fleet?.spaces.first)
    #expect(space.id == info.address)
    #expect(space.hardware == "t4-small")
    #expect(space.sleepTime == .after(seconds: 5400))
    #expect(space.visibility == .private)
    #expect(space.region == "eu")
    #expect(space.resourceGroup == "66670e5163145ca562cb1988")
    #expect(space.replicas == 2)
    #expect(space.devMode == true)
    #expect(space.volumes == [volume])
    #expect(space.secrets == ["API_KEY": SecretDeclaration(source: .environment("API_KEY"))])
    for (key, live) in observed.variables {
      #expect(space.variables[key]?.value.rendered { _, _ in "REFERENCE" } == live.value, "\(key)")
      #expect(space.variables[key]?.note == live.description)
    }

    let record = ImportedRecord(observed: observed, definition: space).record
    #expect(record.hubID == "66")
    #expect(
      record.settings == [
        "hardware": "t4-small", "sleep_time": "90m", "visibility": "private", "region": "eu", "replicas": 2, "dev_mode": true,
        "resource_group": "66670e5163145ca562cb1988",
      ])
    #expect(record.variables["NUMBER"]?.value == "012")
    #expect(record.secrets.keys.sorted() == ["API_KEY"])
    #expect(record.volumes == [volume])
  }
}

@Suite("Where new files go")
struct DefinitionPlaceTests {
  @Test(
    "A new file is one that the project's patterns find",
    arguments: [
      (["spaces/**/*.space.yaml"], "spaces/chat.space.yaml"), (["*.space.yaml"], "chat.space.yaml"),
      (["apps/*/space.yaml", "defs/*.yaml"], "defs/chat.yaml"), (["apps/*/hf-*.space.yaml"], "apps/chat/hf-chat.space.yaml"),
    ])
  func place(patterns: [String], path: String) {
    #expect(DefinitionPlace.path(for: ["chat"], including: patterns) { _ in false } == path)
    #expect(patterns.contains { Glob($0).matches(path) })
  }

  @Test("A taken name gives way to the next, and no name is better than an overwritten file")
  func taken() {
    let patterns = ["spaces/**/*.space.yaml"]
    let taken: Set = ["spaces/chat.space.yaml"]
    #expect(
      DefinitionPlace.path(for: ["chat", "acme-chat"], including: patterns, isTaken: taken.contains)
        == "spaces/acme-chat.space.yaml")
    #expect(DefinitionPlace.path(for: ["chat"], including: patterns, isTaken: taken.contains) == nil)
    #expect(DefinitionPlace.path(for: ["chat"], including: ["spaces/only.space.yaml"]) { _ in false } == nil)
  }

  @Test("Nothing is written through a symbolic link, outside the folder, or into git's own")
  func confinement() throws {
    let folder = try ScratchFolder()
    let outside = try ScratchFolder()
    #expect(symlink(outside.path, folder.path + "/link") == 0)
    let files = NewFile(folder: folder.path)
    for path in ["link/x", "../x", "/etc/x", ".git/config", "a/.GIT/hooks/pre-commit"] {
      #expect(throws: (any Error).self, "\(path)") { try files.write([1], at: path) }
    }
    try files.write([1], at: "a/b/c")
    #expect(files.exists("a/b/c"))
    #expect(!files.exists("link/x"))
  }
}
