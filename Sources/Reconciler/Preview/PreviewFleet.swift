import Diagnostics
import SpaceModel
import State

/// Copies of a project's Spaces for one change request: at addresses of their own, private, on free hardware, and with no secret and no
/// volume but those that the project permits (DESIGN section 10).
///
/// A preview is an environment: its state is apart from everything else's, so that it can remove only what it made itself.
public struct PreviewFleet: Sendable, Hashable {
  /// Of the change request.
  public let number: Int
  /// The project as the change request has it.
  public let origin: Fleet

  public init(of origin: Fleet, number: Int) {
    self.origin = origin
    self.number = number
  }

  /// `pr-12`, and `staging-pr-12` for the fleet of an environment.
  public var environment: String { PreviewFleet.prefix(origin.project.environment) + "\(number)" }

  /// The number of the change request that an environment is the preview of; nil when it is none.
  public static func number(ofEnvironment name: String, base: String?) -> Int? {
    let prefix = prefix(base)
    guard name.hasPrefix(prefix), let number = Int(name.dropFirst(prefix.count)), number > 0,
      prefix + "\(number)" == name
    else { return nil }
    return number
  }

  private static func prefix(_ base: String?) -> String { (base.map { $0 + "-" } ?? "") + "pr-" }

  /// What is put after the name of each Space.
  public var suffix: String { "-pr-\(number)" }

  /// The fleet that is to be applied.
  /// - Parameters:
  ///   - chosen: the Spaces of the origin that get a copy; what they refer to and wait for gets one too.
  ///   - recorded: what was made for this change request earlier; what is not chosen any more is destroyed.
  public func fleet(_ chosen: Set<SpaceID>, recorded: Lock?) throws(Failure) -> Fleet {
    let chosen = SpaceSelection.closure(of: chosen, in: origin, nil)
    var copies: [SpaceID: SpaceID] = [:]
    for space in origin.spaces where chosen.contains(space.id) { copies[space.id] = try address(of: space.id) }
    var project = origin.project
    project.environment = environment
    let wanted = Set(copies.values)
    project.removed = (recorded?.spaces.keys.filter { !wanted.contains($0) } ?? []).sorted().map {
      Removal(space: $0, destroy: true)
    }
    return Fleet(
      project: project,
      spaces: origin.spaces.compactMap { space in copies[space.id].map { copy(of: space, at: $0, copies) } })
  }

  /// The Spaces whose copies would look different from those of another state of the project: definitions, files, or both.
  /// - Parameters:
  ///   - base: the project as it was.
  ///   - files: the digests of the files of each Space, now and then.
  public func changes(since base: Fleet, files: (now: [SpaceID: String], then: [SpaceID: String])) -> Set<SpaceID> {
    let before = Dictionary(uniqueKeysWithValues: base.spaces.map { ($0.id, essence($0)) })
    let changed = origin.spaces.filter {
      before[$0.id] != essence($0) || files.now[$0.id] != files.then[$0.id]
    }
    return Set(changed.map(\.id))
  }

  /// Keys of secrets that copies go without.
  public func secretsLeftOut(of chosen: Set<SpaceID>) -> [String] {
    let keys = origin.spaces.filter { chosen.contains($0.id) }.flatMap(\.secrets.keys)
    return Set(keys).subtracting(origin.project.preview.secrets).sorted()
  }

  private func address(of space: SpaceID) throws(Failure) -> SpaceID {
    if let address = SpaceID(owner: space.owner, name: space.name + suffix) { return address }
    throw Failure(
      doing: "naming the preview of \(space)", problem: "`\(space.name)\(suffix)` is too long for the name of a Space",
      help: "Shorten the Space's name, or leave it out with `--exclude \(space)`.")
  }

  /// What is shown of a Space, without where it is written down and when it is said to be live.
  private func essence(_ space: SpaceDefinition) -> SpaceDefinition {
    var essence = copy(of: space, at: space.id, [:])
    essence.file = ""
    essence.wait = WaitPolicy(condition: .none)
    essence.dependsOn = []
    return essence
  }

  private func copy(of space: SpaceDefinition, at address: SpaceID, _ copies: [SpaceID: SpaceID]) -> SpaceDefinition {
    let permitted = origin.project.preview
    var copy = SpaceDefinition(id: address, file: space.file, sdk: space.sdk)
    copy.visibility = .private
    copy.region = space.region
    copy.resourceGroup = space.resourceGroup
    copy.template = space.template
    copy.source = space.source
    copy.card = space.card
    copy.wait = space.wait
    copy.variables = space.variables.mapValues { variable in
      VariableDeclaration(
        value: ValueTemplate(
          parts: variable.value.parts.map { part in
            guard case .reference(let target, let attribute) = part else { return part }
            return .reference(copies[target] ?? target, attribute)
          }), note: variable.note)
    }
    copy.secrets = space.secrets.filter { permitted.secrets.contains($0.key) }
    let volumes = space.volumes?.filter { permitted.volumes.contains($0.mount) } ?? []
    copy.volumes = volumes.isEmpty ? nil : volumes
    copy.dependsOn = space.dependsOn.map { copies[$0] ?? $0 }
    return copy
  }
}
