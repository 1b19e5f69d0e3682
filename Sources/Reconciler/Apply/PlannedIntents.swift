import SpaceModel
import State

/// What a plan will do, as intents, before the first of them is begun: all that whoever finds the apply ended has to know to find out
/// what became of it (`JournalSettlement`). What only the moment brings, as a commit's parent, is not in them.
enum PlannedIntents {
  /// An intent without its number and its time.
  struct Draft: Hashable, Sendable {
    var space: SpaceID
    var operation: Intent.Operation
    var details: [String: JSONValue]

    /// Whether an intent says what this draft said, and perhaps more.
    func covers(_ operation: Intent.Operation, on space: SpaceID, details: [String: JSONValue]) -> Bool {
      self.operation == operation && self.space == space && self.details.allSatisfy { details[$0.key] == $0.value }
    }
  }

  static func drafts(
    _ plan: Plan, definitions: [SpaceID: SpaceDefinition], manifests: [SpaceID: ContentManifest]
  ) -> [Draft] {
    plan.spaces.filter { $0.blocked == nil }.flatMap { space in
      space.steps.compactMap { draft($0, space, definitions[space.address], manifests[space.address]) }
    }
  }

  private static func draft(
    _ step: Step, _ plan: SpacePlan, _ definition: SpaceDefinition?, _ manifest: ContentManifest?
  ) -> Draft? {
    func draft(_ operation: Intent.Operation, _ details: [String: JSONValue] = [:]) -> Draft {
      Draft(space: plan.address, operation: operation, details: details)
    }
    let hubID = plan.hubID.map(JSONValue.string) ?? .null
    return switch step {
    case .forget, .waitUntilLive: nil
    case .destroy: draft(.delete, ["hub_id": hubID])
    case .move(let origin): draft(.move, ["from": .string("\(origin)"), "hub_id": hubID])
    case .create: draft(.create, definition.map(CreationIntent.details) ?? [:])
    case .setVisibility(let visibility): draft(.visibility, ["to": .string(visibility.rawValue)])
    case .setResourceGroup(let group): draft(.resourceGroup, ["to": .string(group)])
    case .deleteVariable(let key): draft(.deleteVariable, ["key": .string(key)])
    case .deleteSecret(let key): draft(.deleteSecret, ["key": .string(key)])
    case .setVariable(let key): draft(.setVariable, ["key": .string(key)])
    case .setSecret(let key): draft(.setSecret, ["key": .string(key)])
    case .setVolumes: draft(.volumes)
    case .commitContent: manifest.map { draft(.commit, ["digest": .string($0.digest)]) }
    case .requestHardware(let flavour, _): draft(.hardware, ["to": .string(flavour.rawValue)])
    case .setSleepTime(let sleepTime): draft(.sleepTime, ["to": .string(sleepTime.description)])
    case .setReplicas(let count): draft(.replicas, ["to": .int(count)])
    case .setDevMode(let enabled): draft(.devMode, ["to": .bool(enabled)])
    }
  }
}
