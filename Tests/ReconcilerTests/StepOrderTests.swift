import HubAPI
import SpaceModel
import State
import Testing

@testable import Reconciler

@Suite("The order of writes to one Space")
struct StepOrderTests {
  /// A Space of which every setting differs, opened up or closed down.
  private func steps(
    visibility: Visibility, from old: Visibility, hardware: Flavour = "t4-small",
    keys: [Step] = [.deleteVariable("A"), .setSecret("B")],
    moves: Bool = false, waits: Bool = true, settings change: (inout SettingDifference) -> Void = { _ in }
  ) -> [Step] {
    var definition = SpaceDefinition(id: Scene.chat, file: "spaces/chat.space.yaml")
    definition.visibility = visibility
    definition.hardware = hardware
    definition.sleepTime = .after(seconds: 3600)
    definition.replicas = 2
    definition.devMode = true
    definition.resourceGroup = "66670e5163145ca562cb1988"
    var info = SpaceInfo(hubID: "id", address: Scene.chat)
    info.visibility = old
    info.runtime = SpaceRuntime(stage: .running, hardware: .init(current: "cpu-upgrade", requested: "cpu-upgrade"))
    info.runtime?.gcTimeout = 60
    info.runtime?.devMode = false
    info.runtime?.replicas = .init(requested: .fixed(1), current: 1)
    info.resourceGroup = ResourceGroup(id: "0")
    var settings = SettingDifference(definition: definition, record: nil, info: info)
    change(&settings)
    return StepOrder.steps(
      definition: definition, settings: settings, keys: keys, writesContent: true, waits: waits,
      movesFrom: moves ? Scene.api : nil)
  }

  @Test("it closes first of all, at the old address, and moves then")
  func tightening() {
    #expect(
      steps(visibility: .private, from: .public, moves: true) == [
        .setVisibility(.private), .move(from: Scene.api), .setResourceGroup("66670e5163145ca562cb1988"),
        .deleteVariable("A"), .setSecret("B"), .commitContent, .requestHardware("t4-small", .after(seconds: 3600)),
        .setReplicas(2), .setDevMode(true), .waitUntilLive,
      ])
  }

  @Test("it opens last of all, when what is to be seen is live")
  func loosening() {
    let steps = steps(visibility: .public, from: .protected)
    #expect(steps.suffix(2) == [.waitUntilLive, .setVisibility(.public)])
    #expect(steps.first == .setResourceGroup("66670e5163145ca562cb1988"))
    #expect(self.steps(visibility: .protected, from: .public).first == .setVisibility(.protected))
    #expect(!self.steps(visibility: .public, from: .public).contains(.setVisibility(.public)))
  }

  @Test("hardware and sleep go in one call; without a change of hardware the sleep time goes alone")
  func hardware() {
    let alone = steps(visibility: .private, from: .private) { $0.changes.removeAll { $0.path == "hardware" } }
    #expect(alone.contains(.setSleepTime(.after(seconds: 3600))))
    #expect(!alone.contains { if case .requestHardware = $0 { true } else { false } })
    let free = steps(visibility: .private, from: .private, hardware: .cpuBasic)
    #expect(free.contains(.requestHardware(.cpuBasic, nil)))
    #expect(!free.contains { if case .setSleepTime = $0 { true } else { false } })
  }

  @Test("waiting and forgetting call nothing, a commit is preceded by a preupload")
  func calls() {
    #expect([Step.forget, .waitUntilLive].map(\.calls) == [0, 0])
    #expect(Step.commitContent.calls == 2)
    #expect([Step.create, .destroy, .setVolumes, .setSecret("A"), .move(from: Scene.api)].allSatisfy { $0.calls == 1 })
  }

  @Test("keys go before keys come, variables and secrets alike")
  func keys() {
    var scene = Scene.settled {
      $0.variables = ["WAS_SECRET": VariableDeclaration(value: ValueTemplate("1"))]
      $0.secrets = ["WAS_VARIABLE": SecretDeclaration(source: .environment("X"))]
    }
    scene.recorded {
      $0.variables = ["WAS_VARIABLE": RecordedVariable(value: "1")]
      $0.secrets = ["WAS_SECRET": RecordedSecret(updatedAt: nil)]
    }
    scene.live {
      $0.variables = .value(["WAS_VARIABLE": LiveVariable(value: "1")])
      $0.secrets = .value(["WAS_SECRET": LiveSecret()])
    }
    #expect(
      scene.chatPlan().steps == [
        .deleteVariable("WAS_VARIABLE"), .deleteSecret("WAS_SECRET"), .setVariable("WAS_SECRET"), .setSecret("WAS_VARIABLE"),
      ])
  }
}
