import HubAPI
import Reconciler
import SpaceModel
import State

/// Definitions, lock and Hub for plans to be shown.
struct World {
  static let head = String(repeating: "a", count: 40)

  var project = Project(name: "demos", owner: "acme")
  var fleet: [SpaceDefinition] = []
  var manifests: [SpaceID: ContentManifest] = [:]
  var lock = Lock(project: "demos", hub: "local")
  var observation = Observation(
    identity: Identity(name: "local", isPro: true, organisations: [.init(name: "acme", role: "admin")]))
  var options = PlanOptions()

  func plan() -> Plan {
    Planner.plan(
      PlanInput(
        fleet: Fleet(project: project, spaces: fleet), manifests: manifests, lock: lock, observation: observation,
        options: options, endpoint: "http://127.0.0.1:7780"))
  }

  /// Defines a private Space on basic hardware.
  mutating func define(_ address: SpaceID, _ change: (inout SpaceDefinition) -> Void = { _ in }) {
    var definition = SpaceDefinition(id: address, file: "spaces/\(address.name).space.yaml")
    definition.visibility = .private
    change(&definition)
    fleet.append(definition)
  }

  /// Puts a Space on the Hub that is what `define` defines, and runs.
  mutating func live(_ address: SpaceID, _ change: (inout ObservedSpace) -> Void = { _ in }) {
    var info = SpaceInfo(hubID: "id-\(address.name)", address: address)
    info.isPrivate = true
    info.sha = Self.head
    info.sdk = .docker
    info.subdomain = address.predictedSubdomain
    var runtime = SpaceRuntime(stage: .running, hardware: .init(current: .cpuBasic, requested: .cpuBasic))
    runtime.gcTimeout = 172_800
    runtime.sha = Self.head
    info.runtime = runtime
    var observed = ObservedSpace(info: info)
    change(&observed)
    observation.spaces[address] = observed
    observation.addresses[info.hubID] = address
  }

  /// Records a Space as applied.
  mutating func record(_ address: SpaceID, _ change: (inout LockRecord) -> Void = { _ in }) {
    var record = LockRecord(hubID: "id-\(address.name)")
    record.settings = ["hardware": "cpu-basic", "visibility": "private"]
    change(&record)
    lock.spaces[address] = record
  }
}

/// An address a test spells out; a misspelt one ends the test.
func address(_ text: String) -> SpaceID {
  guard let address = SpaceID(text) else { preconditionFailure("not an address: \(text)") }
  return address
}

func manifest(_ files: [(path: String, size: Int)], digest: String) -> ContentManifest {
  ContentManifest(
    files: files.map {
      ContentFile(path: $0.path, size: $0.size, id: ContentID(git: "git-\($0.path)", sha256: "sha-\($0.path)"))
    },
    readme: nil, digest: digest, managesFiles: true)
}
