import CtyCore
import Definitions
import ProviderKit
import SpaceModel
import Testing

@testable import HuggingFaceProvider

/// Configuration read as a definition.
@Suite("Configuration as a definition")
struct DefinitionTextTests {
  private func definition(_ values: [String: CtyValue]) throws -> SpaceDefinition? {
    try DeclaredSpace(Configurations.config(values), address: ("acme", "chat"), checks: true).definition
  }

  @Test(
    "Any text arrives as it is",
    arguments: [
      "", " ", "yes", "012", "~", "{a: [1]}", "a\nb\r\n\tc", "\"'\\", "👋 é 日本 \u{10FFFF}",
      "\u{0}\u{1}\u{1B}[31m\u{7F}\u{85}\u{2028}\u{FEFF}",
      "${space.other.url}", "$${space.other.url}", "$$${space", "# no comment", "- no list", "%YAML", "--- ", "*a &b !c",
    ])
  func text(_ text: String) throws {
    let found = try definition(["variables": .fields(["A": .string(text)])])
    #expect(found?.variables["A"]?.value == ValueTemplate(text))
  }

  @Test("Each value is meant as in a definition")
  func values() throws {
    let found = try definition([
      "sdk": .string("docker"), "hardware": .string("t4-small"), "sleep_time": .string("60m"), "visibility": .string("public"),
      "region": .string("eu"), "dev_mode": .bool(true), "replicas": .int(2), "secrets": .fields(["K": .string("v")]),
      "secrets_version": .int(3), "variables": .fields(["A": .string("1")]),
      "variable_descriptions": .fields(["A": .string("the first")]),
      "wait": .fields(["until": .string("running"), "timeout": .string("5m")]),
      "card": .typed(
        .dynamic, .fields(["title": .string("Chat"), "color_from": .string("blue"), "extra": .fields(["x": .int(1)])])),
      "volumes": .sequence([
        .fields([
          "type": .string("bucket"), "source": .string("acme/data"), "mount": .string("/data"), "read_only": .bool(true),
        ])
      ]),
    ])
    let space = try #require(found)
    #expect(space.hardware == "t4-small")
    #expect(space.sleepTime == .after(seconds: 3600))
    #expect(space.visibility == .public)
    #expect(space.region == "eu")
    #expect(space.devMode == true)
    #expect(space.replicas == 2)
    #expect(space.secrets.mapValues(\.version) == ["K": 3])
    #expect(space.variables["A"]?.note == "the first")
    #expect(space.wait == WaitPolicy(condition: .running, timeout: TimeSpan(seconds: 300)))
    #expect(space.card?["colorFrom"] == "blue")
    #expect(space.card?["x"] == 1)
    #expect(space.volumes == [Volume(kind: .bucket, source: "acme/data", mount: "/data", readOnly: true)])
  }

  @Test("The value of a secret is not in the text")
  func secret() {
    let config = Configurations.config(["secrets": .fields(["K": .string("canary")])])
    #expect(!Space().validate(config).description.contains("canary"))
    let declared = try? DeclaredSpace(config, address: ("acme", "chat"), checks: true)
    #expect(!String(describing: declared).contains("canary"))
  }

  @Test("What is wrong is said at its attribute, with the rule's id")
  func findings() throws {
    func found(_ values: [String: CtyValue]) -> [String] {
      let config = Configurations.config(["name": .string("chat")].merging(values) { $1 })
      return Space().validate(config).map { "\($0.summary.prefix(5)) \($0.path?.description ?? "-")" }
    }
    #expect(found([:]) == [])
    #expect(found(["hardware": .string("t4-smal")]).contains("SF103 hardware"))
    #expect(found(["variables": .fields(["A-B": .string("")])]).contains { $0.hasSuffix(#"variables["A-B"]"#) })
    #expect(found(["wait": .fields(["until": .string("never"), "timeout": .null])]).contains("SF012 wait"))
    #expect(
      found(["source": .fields(["path": .string("/nowhere/at/all"), "ignore": .null, "prune": .null])]).contains {
        $0.hasSuffix("source")
      })
  }

  @Test("What depends on something unknown is not judged")
  func unknowns() {
    func found(_ values: [String: CtyValue]) -> [String] {
      Space().validate(Configurations.config(values)).map(\.summary)
    }
    #expect(found(["name": .unknown, "owner": .unknown]) == [])
    #expect(found(["name": .string("a"), "hardware": .unknown, "sleep_time": .string("1h"), "replicas": .int(2)]) == [])
    #expect(found(["name": .string("a"), "sdk": .unknown, "secrets": .fields(["K": .string("v")])]) == [])
    #expect(found(["name": .string("a"), "source": .fields(["path": .unknown, "ignore": .null, "prune": .null])]) == [])
    #expect(found(["name": .string("a"), "variables": .fields(["A": .unknown]), "volumes": .unknown]) == [])
    #expect(found(["name": .string("a"), "variables": .unknown, "variable_descriptions": .fields(["A": .string("x")])]) == [])
  }

  @Test(
    "A folder is called by its path, without what leads up",
    arguments: [
      ("app", "app"), ("./app", "app"), ("../apps/chat/", "apps/chat"), ("/srv/app", "srv/app"), (".", "."), ("./", "."),
      ("..", "."),
    ])
  func folder(_ path: String, _ name: String) { #expect(DefinitionTree.name(of: path) == name) }
}
