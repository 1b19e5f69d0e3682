import Parallel
import SpaceModel

/// Makes the fleet of drafts that no rule objects to: references become addresses, what is not said becomes its default.
struct FleetAssembly: Sendable {
  let draft: FleetDraft
  let defaultName: String

  var fleet: Fleet {
    Fleet(
      project: draft.project.project(defaultName: defaultName),
      spaces: draft.spaces.concurrentMap(definition).compactMap(\.self))
  }

  private func definition(_ space: SpaceDraft) -> SpaceDefinition? {
    guard let id = space.id else { return nil }
    var definition = SpaceDefinition(id: id, file: space.file, sdk: space.resolvedSDK)
    definition.declaresSDK = space.sdk != nil
    definition.hardware = space.flavour
    definition.sleepTime = space.sleepTime?.value
    definition.visibility = space.visibility?.value
    definition.region = space.region?.value
    definition.resourceGroup = space.resourceGroup?.value
    definition.template = space.template?.value
    definition.source = space.source?.value
    if space.cardPlace != nil {
      definition.card = Dictionary(space.card.declared.map { ($0.hubName, $0.json) }, uniquingKeysWith: { first, _ in first })
      // Over a README of the Hub's, which may say another one; with a source the composed README has it anyhow.
      if definition.source == nil, let sdk = space.sdk { definition.card?["sdk"] = .string(sdk.value.rawValue) }
    }
    for variable in space.variables {
      definition.variables[variable.key] = VariableDeclaration(value: template(variable.value), note: variable.note)
    }
    for secret in space.secrets {
      guard let source = secret.source else { continue }
      definition.secrets[secret.key] = SecretDeclaration(source: source, version: secret.version)
    }
    definition.volumes = space.volumes.map { $0.value.map(\.value) }
    definition.devMode = space.devMode?.value
    definition.replicas = space.replicas?.value
    definition.wait = WaitPolicy(condition: space.waitCondition)
    if let timeout = space.waitTimeout { definition.wait.timeout = timeout.value }
    definition.lifecycle = Lifecycle(
      preventDestroy: space.preventDestroy, ignoreChanges: space.ignoreChanges.map(\.value))
    definition.movedFrom = space.movedFrom.map { inEnvironment($0.value, of: space) }
    definition.dependsOn = space.dependsOn.compactMap { address(of: $0.value) }
    return definition
  }

  private func address(of target: String) -> SpaceID? {
    guard case .one(let index) = draft.names.find(target) else { return nil }
    return draft.spaces[index].id
  }

  private func template(_ text: TemplateText) -> ValueTemplate {
    ValueTemplate(
      parts: text.parts.compactMap { part in
        switch part {
        case .text(let text): .text(text)
        case .reference(let reference): address(of: reference.target).map { .reference($0, reference.attribute) }
        }
      })
  }

  /// `moved_from` is written for the fleet without an environment; in one it gets the owner and suffix the Space itself got.
  private func inEnvironment(_ old: SpaceID, of space: SpaceDraft) -> SpaceID {
    guard let environment = draft.project.environment, let id = space.id else { return old }
    let owner = old.owner == space.baseID?.owner ? id.owner : old.owner
    return SpaceID(owner: owner, name: old.name + (environment.suffix?.value ?? "")) ?? old
  }
}
