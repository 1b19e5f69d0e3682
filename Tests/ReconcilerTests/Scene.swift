import HubAPI
import Reconciler
import SpaceModel
import State

/// A small world for planner tests: definitions, lock and Hub that agree until a test makes them differ.
struct Scene {
  static let chat = address("acme/chat")
  static let api = address("acme/api")
  static let head = String(repeating: "a", count: 40)

  var fleet: [SpaceDefinition] = []
  var removed: [Removal] = []
  var manifests: [SpaceID: ContentManifest] = [:]
  var lock: Lock? = Lock(project: "demos", hub: "local")
  var observation = Observation(
    identity: Identity(name: "local", isPro: true, organisations: [.init(name: "acme", role: "admin")]))
  var options = PlanOptions()
  var selection = SpaceSelection()

  /// A scene with one Space that is defined, recorded and live, all the same.
  static func settled(_ change: (inout SpaceDefinition) -> Void = { _ in }) -> Scene {
    var scene = Scene()
    var definition = SpaceDefinition(id: chat, file: "spaces/chat.space.yaml")
    definition.visibility = .private
    change(&definition)
    scene.fleet = [definition]
    var info = SpaceInfo(hubID: "id-chat", address: chat)
    info.isPrivate = true
    info.sha = head
    info.sdk = .docker
    info.subdomain = "acme-chat"
    info.runtime = SpaceRuntime(stage: .running, hardware: .init(current: .cpuBasic, requested: .cpuBasic))
    info.runtime?.gcTimeout = 172_800
    info.runtime?.sha = head
    scene.observation.spaces[chat] = ObservedSpace(info: info)
    scene.observation.addresses["id-chat"] = chat
    var record = LockRecord(hubID: "id-chat")
    record.settings = ["hardware": "cpu-basic", "visibility": "private"]
    scene.lock?.spaces[chat] = record
    return scene
  }

  mutating func live(_ change: (inout ObservedSpace) -> Void) {
    guard var observed = observation.spaces[Self.chat] else { return }
    change(&observed)
    observation.spaces[Self.chat] = observed
  }

  mutating func recorded(_ change: (inout LockRecord) -> Void) {
    guard var record = lock?.spaces[Self.chat] else { return }
    change(&record)
    lock?.spaces[Self.chat] = record
  }

  var whole: Fleet { Fleet(project: Project(name: "demos", owner: "acme", removed: removed), spaces: fleet) }

  func plan() -> Plan { plan(chosen: nil) }

  /// The plan of what the selection chooses.
  func selectedPlan() throws -> Plan { plan(chosen: try selection.addresses(in: whole, lock)) }

  private func plan(chosen: Set<SpaceID>?) -> Plan {
    var options = options
    options.selection = selection
    return Planner.plan(
      PlanInput(
        fleet: whole, manifests: manifests, lock: lock, observation: observation, options: options,
        endpoint: "http://127.0.0.1:7780", chosen: chosen))
  }

  /// The plan of the one Space most tests are about.
  func chatPlan() -> SpacePlan {
    plan().spaces.first { $0.address == Self.chat } ?? SpacePlan(address: Self.chat)
  }
}

/// An address a test spells out; a misspelt one ends the test.
func address(_ text: String) -> SpaceID {
  guard let address = SpaceID(text) else { preconditionFailure("not an address: \(text)") }
  return address
}
