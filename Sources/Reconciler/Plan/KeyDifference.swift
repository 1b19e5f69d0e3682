import HubAPI
import SpaceModel
import State

/// Compares variables, secrets and volumes. Keys are owned one by one: only what is declared or recorded as ours is touched.
struct KeyDifference {
  var changes: [Change] = []
  var steps: [Step] = []
  var notes: [String] = []

  /// - Parameter observed: nil for a Space that does not exist.
  init(
    definition: SpaceDefinition, record: LockRecord?, observed: ObservedSpace?, references: References,
    options: PlanOptions, changedSecrets: Set<String>
  ) {
    compareVariables(definition, record, observed, references)
    compareSecrets(definition, record, observed, options, changedSecrets)
    compareVolumes(definition, record, observed)
    // Keys go before keys come, so that a name moving between the two sorts never stands in both at once.
    steps = steps.filter(\.deletesKey) + steps.filter { !$0.deletesKey }
  }

  private mutating func compareVariables(
    _ definition: SpaceDefinition, _ record: LockRecord?, _ observed: ObservedSpace?, _ references: References
  ) {
    let live = observed?.variables.value
    if case .unreadable(let why)? = observed?.variables { notes.append("variables cannot be read: \(why)") }
    for (key, variable) in definition.variables.sorted(by: { $0.key < $1.key })
    where !(observed != nil && definition.lifecycle.ignores("variables.\(key)")) {
      var (value, isPredicted) = references.render(variable.value)
      let recorded = record?.variables[key]
      if isPredicted, let known = recorded?.value, references.fits(known, variable.value) {
        (value, isPredicted) = (known, false)
      }
      let old = live.map { $0[key].map { RecordedVariable(value: $0.value, note: $0.description) } } ?? recorded
      let wanted = RecordedVariable(value: value, note: variable.note ?? old?.note)
      guard old != wanted else { continue }
      let isOurs = recorded?.value == value && (variable.note == nil || recorded?.note == variable.note)
      changes.append(
        Change(
          path: "variables.\(key)", old: old.map { Self.json($0, withNote: $0.value == value) },
          new: Self.json(wanted, withNote: old?.value == value), effect: .restart,
          origin: live != nil && isOurs ? .drift : .wanted, isPredicted: isPredicted))
      steps.append(.setVariable(key))
    }
    for (key, recorded) in (record?.variables ?? [:]).sorted(by: { $0.key < $1.key })
    where definition.variables[key] == nil && !definition.lifecycle.ignores("variables.\(key)") {
      if let live, live[key] == nil { continue }
      changes.append(
        Change(
          path: "variables.\(key)", old: .string(live?[key]?.value ?? recorded.value), new: nil, effect: .restart))
      steps.append(.deleteVariable(key))
    }
  }

  private static func json(_ variable: RecordedVariable, withNote: Bool) -> JSONValue {
    guard withNote else { return .string(variable.value) }
    return ["value": .string(variable.value), "description": variable.note.map(JSONValue.string) ?? .null]
  }

  private mutating func compareSecrets(
    _ definition: SpaceDefinition, _ record: LockRecord?, _ observed: ObservedSpace?, _ options: PlanOptions,
    _ changed: Set<String>
  ) {
    let live = observed?.secrets.value
    if case .unreadable(let why)? = observed?.secrets { notes.append("secrets cannot be listed: \(why)") }
    for (key, secret) in definition.secrets.sorted(by: { $0.key < $1.key })
    where !(observed != nil && definition.lifecycle.ignores("secrets.\(key)")) {
      let recorded = record?.secrets[key]
      var origin = SpacePlan.Origin.wanted
      let reason: String
      if let live, live[key] == nil {
        reason = "absent on the Hub"
        origin = recorded == nil ? .wanted : .drift
      } else if observed == nil {
        reason = "new"
      } else if recorded == nil {
        reason = "not written by Spaceform before"
      } else if recorded?.version != secret.version {
        reason = "version changed"
      } else if let live, live[key]?.updatedAt != recorded?.updatedAt {
        reason = "changed on the Hub"
        origin = .drift
      } else if changed.contains(key) {
        reason = "value differs from the recorded fingerprint"
      } else if options.rewrites(key, of: definition.id) {
        reason = "asked for by --rewrite-secrets"
      } else {
        continue
      }
      let exists = live.map { $0[key] != nil } ?? (recorded != nil)
      changes.append(
        Change(
          path: "secrets.\(key)", old: exists ? "(secret)" : nil, new: .string("(secret) \(reason)"), effect: .restart,
          origin: origin, isSecret: true))
      steps.append(.setSecret(key))
    }
    for key in (record?.secrets ?? [:]).keys.sorted()
    where definition.secrets[key] == nil && !definition.lifecycle.ignores("secrets.\(key)") {
      if let live, live[key] == nil { continue }
      changes.append(Change(path: "secrets.\(key)", old: "(secret)", new: nil, effect: .restart, isSecret: true))
      steps.append(.deleteSecret(key))
    }
  }

  private mutating func compareVolumes(_ definition: SpaceDefinition, _ record: LockRecord?, _ observed: ObservedSpace?) {
    guard let declared = definition.volumes?.sorted(), !(observed != nil && definition.lifecycle.ignores("volumes")) else {
      return
    }
    if case .unreadable(let why)? = observed?.volumes { notes.append("volumes cannot be read: \(why)") }
    let live = observed?.volumes.value
    let old = live ?? record?.volumes?.sorted() ?? []
    guard old != declared else { return }
    changes.append(
      Change(
        path: "volumes", old: .array(old.map(\.json)), new: .array(declared.map(\.json)), effect: .restart,
        origin: live != nil && record?.volumes?.sorted() == declared ? .drift : .wanted))
    steps.append(.setVolumes)
  }
}

extension Step {
  fileprivate var deletesKey: Bool {
    switch self {
    case .deleteVariable, .deleteSecret: true
    default: false
    }
  }
}
