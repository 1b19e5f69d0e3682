import SpaceModel
import State
import Testing

@testable import Reports

@Suite("A fleet as Terraform configuration")
struct TerraformConfigurationTests {
  private func fleet() -> Fleet {
    var backend = SpaceDefinition(id: address("acme/text-api.v2"), file: "spaces/api.space.yaml", sdk: .docker)
    backend.hardware = "t4-small"
    backend.sleepTime = SleepTime("1h")
    backend.visibility = .private
    backend.region = "eu"
    backend.resourceGroup = "66670e5163145ca562cb1988"
    backend.replicas = 2
    backend.devMode = true
    backend.source = ContentSource(path: "apps/api", ignore: ["*.ipynb"], prune: false)
    backend.card = [
      "title": "API \"two\"", "colorFrom": "blue", "app_port": 7860, "tags": ["a", "b"], "custom_headers": ["x-a": "1"],
      "my key": ["deep": [1, true, .null]],
    ]
    backend.secrets = [
      "API_KEY": SecretDeclaration(source: .environment("API_KEY"), version: 3),
      "OTHER": SecretDeclaration(source: .command(["op", "read", "op://vault/item"]), version: 2),
    ]
    backend.volumes = [
      Volume(kind: .model, source: "acme/m", mount: "/m", revision: "v1"),
      Volume(kind: .bucket, source: "acme/data", mount: "/data", readOnly: true, path: "in"),
    ]
    backend.wait = WaitPolicy(condition: .none)
    backend.lifecycle = Lifecycle(preventDestroy: true, ignoreChanges: ["content", "hardware", "variables.X"])
    var chat = SpaceDefinition(id: address("acme/9chat"), file: "spaces/chat.space.yaml", sdk: .static)
    chat.variables = [
      "API": VariableDeclaration(
        value: ValueTemplate(parts: [.reference(backend.id, .url), .text("/v1?a=${b}&c=%{d}")]), note: "where it is"),
      "HOST": VariableDeclaration(value: ValueTemplate(parts: [.reference(backend.id, .host)])),
      "TEXT": VariableDeclaration(value: ValueTemplate("a\"b\\c\nd\te $${x} 👋 \u{1B}[1m")),
    ]
    chat.dependsOn = [backend.id]
    chat.movedFrom = address("acme/old-chat")
    let twins = ["acme/same", "beta/same"].map { SpaceDefinition(id: address($0), file: "\($0).yaml", sdk: .static) }
    let project = Project(name: "demos", removed: [Removal(space: address("acme/gone"), destroy: true)])
    return Fleet(project: project, spaces: [chat, backend] + twins)
  }

  private func configuration() -> TerraformConfiguration {
    let recorded = ["acme/text-api.v2", "acme/old-chat", "acme/forgotten"].map { (address($0), LockRecord(hubID: $0)) }
    let lock = Lock(project: "demos", hub: "local", spaces: Dictionary(uniqueKeysWithValues: recorded))
    return TerraformConfiguration(fleet: fleet(), lock: lock, projectPath: "..")
  }

  @Test("has an argument for everything a definition says")
  func golden() throws {
    let configuration = configuration()
    let text = configuration.files.map { "=== \($0.name)\n\($0.text)" }.joined(separator: "\n")
    try Golden.expect(text + "\n=== notes\n" + configuration.notes.map { "\($0)\n" }.joined(), "terraform.txt")
  }

  @Test("imports what the lock knows at its address, and nothing else")
  func imports() {
    #expect(configuration().imported == [address("acme/text-api.v2")])
    let unapplied = TerraformConfiguration(fleet: fleet(), lock: nil, projectPath: ".")
    #expect(unapplied.imported.isEmpty)
    #expect(unapplied.files.map(\.name) == ["versions.tf", "spaces.tf", "variables.tf"])
  }

  @Test("calls every Space something else, and by a name Terraform takes")
  func labels() {
    let names = ["acme/a-b", "acme/a.b", "acme/a_b", "beta/a-b", "acme/1st", "acme/-x"].compactMap { SpaceID($0) }
    let spaces = names.map { SpaceDefinition(id: $0, file: "x", sdk: .static) }
    let labels = TerraformLabels(Fleet(project: Project(name: "x"), spaces: spaces))
    let all = names.map { labels[$0] }
    #expect(Set(all).count == all.count)
    #expect(all.allSatisfy(HCL.isIdentifier))
  }

  @Test(
    "writes any text so that Terraform reads the same",
    arguments: [
      ("plain", "plain"), ("${x}", "$${x}"), ("$${x}", "$$${x}"), ("%{if}", "%%{if}"), ("$", "$"), ("a\"\\", "a\\\"\\\\"),
      ("\u{1B}\u{202E}", "\\u001b\\u202e"), ("\r\n\t", "\\r\\n\\t"), ("é👋", "é👋"),
    ])
  func escaping(_ text: String, _ wanted: String) { #expect(HCL.escaped(text) == wanted) }
}
