import Cryptography
import HubSimulator
import SpaceModel

/// Compares the simulated Hub with the definitions, without the engine: what an apply that succeeded has to have made.
enum Truth {
  /// - Parameter mistaken: Hub ids of Spaces that pass for ours, though others made them: their visibility is taken to be the one we
  ///   asked for, as lists cannot tell it.
  /// - Parameter late: Spaces that a lost call has reached later: an older value of a secret may have come after a newer one, and when it
  ///   came before the newer one's time was read back, nothing tells.
  static func complaints(_ blueprints: [Blueprint], _ world: World, mistaken: Set<String>, late: Set<SpaceID>) -> [String] {
    let byNumber = Dictionary(blueprints.map { ($0.number, $0) }) { first, _ in first }
    return blueprints.sorted { $0.number < $1.number }.flatMap { blueprint -> [String] in
      guard let hubID = world.hubID(of: blueprint.id), let space = world.spaces[hubID] else {
        return ["\(blueprint.id) is not on the Hub"]
      }
      var wanted = blueprint.definition(byNumber)
      if mistaken.contains(hubID) { wanted.visibility = nil }
      var blueprint = blueprint
      if late.contains(blueprint.id) { blueprint.secrets = [:] }
      return complaints(blueprint, wanted, space, world).map { "\(blueprint.id): \($0)" }
    }
  }

  private static func complaints(
    _ blueprint: Blueprint, _ wanted: SpaceDefinition, _ space: Space, _ world: World
  ) -> [String] {
    var found: [String] = []
    func compare<Value: Equatable>(_ path: String, _ wanted: Value?, _ live: Value?) {
      guard let wanted, !blueprint.ignores.contains(path), wanted != live else { return }
      found.append("\(path) is \(live.map { "\($0)" } ?? "nothing") instead of \(wanted)")
    }
    compare("visibility", wanted.visibility, space.visibility)
    compare("hardware", wanted.hardware, space.life.requested)
    // Paid hardware that was given no sleep time never sleeps.
    // Where the Hub says nothing of a Space that never sleeps, that somebody had it never sleep cannot be seen.
    let hidesNever = world.assumptions["never-sleeps"] == "null" && space.life.sleepSeconds ?? -1 == -1
    if space.life.requested == wanted.hardware, !hidesNever {
      compare("sleep_time", wanted.sleepTime?.wireSeconds, space.life.sleepSeconds ?? -1)
    }
    if space.life.requested == wanted.hardware { compare("replicas", wanted.replicas, space.life.replicas) }
    compare("dev_mode", wanted.devMode, space.life.devMode)
    compare("resource_group", wanted.resourceGroup, space.resourceGroup?.id)
    compare("volumes", wanted.volumes?.sorted(), space.volumes.compactMap(\.volume).sorted())
    if !blueprint.ignores.contains("variables") {
      for (key, variable) in wanted.variables.sorted(by: { $0.key < $1.key }) {
        compare("variables.\(key)", rendered(variable.value, world), space.variables[key]?.value)
      }
    }
    for (key, version) in blueprint.secrets.sorted(by: { $0.key < $1.key }) where wanted.sdk != .static {
      let value = Blueprint.secretValue(blueprint.number, key, version)
      compare("secrets.\(key)", Digest.sha256Hex(Array(value.utf8)), space.secrets[key]?.sha256)
    }
    if wanted.source != nil, !blueprint.ignores.contains("content") {
      for (path, bytes) in blueprint.bytes.sorted(by: { $0.key < $1.key }) {
        compare("content \(path)", Digest.gitBlobID(bytes), space.files[path]?.git)
      }
    }
    if let title = blueprint.title, blueprint.content != .none, !blueprint.ignores.contains("content") {
      compare("title", .string(title), space.card.data["title"])
    }
    return found
  }

  private static func rendered(_ template: ValueTemplate, _ world: World) -> String {
    template.rendered { address, attribute in
      guard attribute == .url else { return address.description }
      return world.hubID(of: address).flatMap { world.spaces[$0]?.host } ?? "https://nowhere"
    }
  }
}
