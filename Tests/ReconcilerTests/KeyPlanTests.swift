import HubAPI
import Reconciler
import SpaceModel
import State
import Testing

@Suite("Variables, secrets and volumes in a plan")
struct KeyPlanTests {
  private func variable(_ text: String, note: String? = nil) -> VariableDeclaration {
    VariableDeclaration(value: ValueTemplate(text), note: note)
  }

  @Test("keys are owned one by one: declared are written, ours that went are deleted, others are left")
  func ownership() {
    var scene = Scene.settled { $0.variables = ["NEW": variable("1"), "SAME": variable("2")] }
    scene.live {
      $0.variables = .value([
        "SAME": LiveVariable(value: "2"), "OURS": LiveVariable(value: "3"), "THEIRS": LiveVariable(value: "4"),
      ])
    }
    scene.recorded { $0.variables = ["OURS": RecordedVariable(value: "3"), "SAME": RecordedVariable(value: "2")] }
    let plan = scene.chatPlan()
    #expect(plan.steps == [.deleteVariable("OURS"), .setVariable("NEW")])
  }

  @Test("a name that moves from variable to secret is deleted before it is added")
  func movingName() {
    var scene = Scene.settled { $0.secrets["TOKEN"] = SecretDeclaration(source: .environment("TOKEN")) }
    scene.live {
      $0.variables = .value(["TOKEN": LiveVariable(value: "x")])
      $0.secrets = .value([:])
    }
    scene.recorded { $0.variables = ["TOKEN": RecordedVariable(value: "x")] }
    #expect(scene.chatPlan().steps == [.deleteVariable("TOKEN"), .setSecret("TOKEN")])
  }

  @Test("a note that is not declared is left as the Hub has it")
  func notes() {
    var scene = Scene.settled { $0.variables = ["A": variable("1")] }
    scene.live { $0.variables = .value(["A": LiveVariable(value: "1", description: "theirs")]) }
    #expect(scene.chatPlan().steps == [])
    scene.fleet[0].variables["A"]?.note = "ours"
    #expect(scene.chatPlan().steps == [.setVariable("A")])
  }

  struct SecretCase: Sendable, CustomTestStringConvertible {
    var name: String
    var live: Timestamp?
    var exists = true
    var record: RecordedSecret?
    var version: Int?
    var writes: Bool
    var testDescription: String { name }
  }

  private static let noon = Timestamp("2026-07-21T12:00:00.000Z")
  private static let later = Timestamp("2026-07-21T13:00:00.000Z")

  @Test(
    "a secret is written when absent, of another version, or changed on the Hub",
    arguments: [
      SecretCase(name: "settled", live: noon, record: RecordedSecret(updatedAt: noon), writes: false),
      SecretCase(name: "null is a value", live: nil, record: RecordedSecret(updatedAt: nil), writes: false),
      SecretCase(name: "null became a time", live: noon, record: RecordedSecret(updatedAt: nil), writes: true),
      SecretCase(name: "absent", live: nil, exists: false, record: RecordedSecret(updatedAt: noon), writes: true),
      SecretCase(name: "changed on the Hub", live: later, record: RecordedSecret(updatedAt: noon), writes: true),
      SecretCase(name: "never ours", live: noon, record: nil, writes: true),
      SecretCase(
        name: "version raised", live: noon, record: RecordedSecret(updatedAt: noon, version: 1), version: 2, writes: true),
      SecretCase(
        name: "version kept", live: noon, record: RecordedSecret(updatedAt: noon, version: 2), version: 2, writes: false),
    ])
  func secrets(_ test: SecretCase) {
    var scene = Scene.settled { $0.secrets["K"] = SecretDeclaration(source: .environment("K"), version: test.version) }
    scene.live { $0.secrets = .value(test.exists ? ["K": LiveSecret(updatedAt: test.live)] : [:]) }
    scene.recorded { $0.secrets = test.record.map { ["K": $0] } ?? [:] }
    #expect(scene.chatPlan().steps == (test.writes ? [.setSecret("K")] : []))
  }

  @Test("--rewrite-secrets takes globs")
  func rewriting() {
    var scene = Scene.settled { $0.secrets["API_KEY"] = SecretDeclaration(source: .environment("K")) }
    scene.live { $0.secrets = .value(["API_KEY": LiveSecret()]) }
    scene.recorded { $0.secrets = ["API_KEY": RecordedSecret(updatedAt: nil)] }
    for (glob, writes) in [
      ("API_*", true), ("acme/chat.*", true), ("*_TOKEN", false), ("API_KEY", true), ("acme/api.*", false),
    ] {
      scene.options.rewriteSecrets = [glob]
      #expect(scene.chatPlan().steps.isEmpty != writes, "\(glob)")
    }
  }

  @Test("volumes are compared as a set, and left alone when the token may not see them")
  func volumes() {
    let data = Volume(kind: .bucket, source: "acme/data", mount: "/data")
    let model = Volume(kind: .model, source: "acme/m", mount: "/m")
    var scene = Scene.settled { $0.volumes = [model, data] }
    scene.live { $0.volumes = .value([data, model]) }
    #expect(scene.chatPlan().steps == [])
    scene.live { $0.volumes = .value([data]) }
    #expect(scene.chatPlan().steps == [.setVolumes])
    scene.live { $0.volumes = .unreadable("hidden") }
    scene.recorded { $0.volumes = [data, model] }
    #expect(scene.chatPlan().steps == [])
    #expect(scene.chatPlan().notes == ["volumes cannot be read: hidden"])
  }

  @Test("a reference takes the host the Hub gave, and a predicted one before that")
  func references() {
    let template = ValueTemplate(parts: [.reference(Scene.api, .url), .text("/v1")])
    var scene = Scene.settled { $0.variables["API"] = VariableDeclaration(value: template) }
    scene.fleet.append(SpaceDefinition(id: Scene.api, file: "spaces/api.space.yaml"))
    scene.live { $0.variables = .value([:]) }
    scene.observation.absent = [Scene.api]
    let predicted = scene.chatPlan().changes.first
    #expect(predicted?.new == "https://acme-api.hf.space/v1")
    #expect(predicted?.isPredicted == true)

    var info = SpaceInfo(hubID: "id-api", address: Scene.api)
    info.subdomain = "acme-api-2"
    scene.observation.spaces[Scene.api] = ObservedSpace(info: info)
    let known = scene.chatPlan().changes.first
    #expect(known?.new == "https://acme-api-2.hf.space/v1")
    #expect(known?.isPredicted == false)
  }

  @Test("no value of a secret can be in a plan's JSON")
  func noSecretInPlan() {
    var scene = Scene.settled { $0.secrets["K"] = SecretDeclaration(source: .environment("K")) }
    scene.live { $0.secrets = .value([:]) }
    let change = scene.chatPlan().changes.first
    #expect(change?.isSecret == true)
    #expect(change?.new == "(secret) absent on the Hub")
  }
}
