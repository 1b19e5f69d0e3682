import SpaceModel
import State

/// What the lock says of a Space that was brought under control: the live values of what its definition manages.
struct ImportedRecord {
  let observed: ObservedForImport
  let definition: SpaceDefinition

  var record: LockRecord {
    var record = LockRecord(hubID: observed.info.hubID)
    for key in managedKeys { record.settings[key] = observed.value(of: key) }
    for key in definition.variables.keys {
      guard let live = observed.variables[key] else { continue }
      record.variables[key] = RecordedVariable(value: live.value, note: live.description)
    }
    for (key, secret) in definition.secrets {
      // As if we had written it: the value stays, and a later change of `version` or on the Hub is seen.
      guard let live = observed.secrets[key] else { continue }
      record.secrets[key] = RecordedSecret(updatedAt: live.updatedAt, version: secret.version)
    }
    if definition.volumes != nil { record.volumes = observed.volumes }
    record.dependsOn = Set(definition.dependsOn + definition.references).sorted()
    record.preventDestroy = definition.lifecycle.preventDestroy
    return record
  }

  private var managedKeys: [String] {
    var keys: [String] = []
    if definition.hardware != nil { keys.append("hardware") }
    if definition.sleepTime != nil, definition.hardware?.hasFixedSleep == false { keys.append("sleep_time") }
    if definition.visibility != nil { keys.append("visibility") }
    if definition.region != nil { keys.append("region") }
    if definition.resourceGroup != nil { keys.append("resource_group") }
    if definition.devMode != nil { keys.append("dev_mode") }
    if definition.replicas != nil { keys.append("replicas") }
    return keys
  }
}

extension LockRecord {
  /// Lays a record made earlier over this one, which then only adds what that one does not have.
  mutating func complete(_ earlier: LockRecord) {
    settings.merge(earlier.settings) { _, earlier in earlier }
    variables.merge(earlier.variables) { _, earlier in earlier }
    secrets.merge(earlier.secrets) { _, earlier in earlier }
    volumes = earlier.volumes ?? volumes
    card = earlier.card ?? card
    content = earlier.content ?? content
    dependsOn = Set(dependsOn + earlier.dependsOn).sorted()
    preventDestroy = preventDestroy || earlier.preventDestroy
  }
}
