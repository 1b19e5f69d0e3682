import Content
import CtyCore
import Diagnostics
import HubAPI
import ProviderKit
import Reconciler
import SpaceModel
import State

/// Reads one Space back: what is managed of it, as the Hub shows it now.
struct SpaceReading {
  private let state: CtyValue
  private let memory: SpaceMemory?
  private let id: SpaceID
  private let access: HubAccess
  private let hub: any HubAPI

  /// - Parameter alone: whether only this Space is to be asked for, and not the whole namespace for all that are read now.
  init(_ stored: StoredState, _ access: HubAccess, alone: Bool = false) throws(ProviderError) {
    state = stored.value
    memory = SpaceMemory(stored.privateData)
    id = try Addresses.space(state["id"], at: .attribute("id"))
    self.access = access
    hub = alone ? try access.single() : try access.bulk()
  }

  /// Nil when the Space is gone.
  func read() async throws(ProviderError) -> StoredState? {
    guard let observed = try await observe() else { return nil }
    if let memory, memory.record.hubID != observed.info.hubID {
      throw ProviderError(
        "\(id) is another Space than the one in the state",
        detail:
          "The Space in the state (\(memory.record.hubID)) is gone or was moved, and this one (\(observed.info.hubID)) has taken its address. Take it out of the state with `terraform state rm`, and import the one that you mean.",
        path: .attribute("id"))
    }
    let record = record(observed)
    return StoredState(
      value(SpaceValues(observed: observed, record: record, endpoint: hub.endpoint)),
      privateData: SpaceMemory(address: observed.info.address, record: record).bytes(endpoint: hub.endpoint))
  }

  private var isImport: Bool { memory == nil && state["page"].isNull }

  /// The Space where it is now; nil when it is gone for certain.
  private func observe() async throws(ProviderError) -> ObservedSpace? {
    let lock = memory.map { SpaceMemory.lock([id: $0.record], endpoint: hub.endpoint) }
    let seen = try await observation(at: id, lock)
    if let observed = seen.spaces[id] { return observed }
    if let why = seen.unknown[id], !seen.absent.contains(id) {
      if let address = try await addressNow() { return try await observation(at: address, nil).spaces[address] }
      throw ProviderError(
        "\(id) cannot be seen", detail: "\(why). Use a token that may read all of \(id.owner).", path: .attribute("id"))
    }
    guard let address = try await addressNow() else { return nil }
    return try await observation(at: address, nil).spaces[address]
  }

  /// Where the Space is that was moved away from its address; nil when it is nowhere.
  private func addressNow() async throws(ProviderError) -> SpaceID? {
    guard let hubID = memory?.record.hubID else { return nil }
    let single = try access.single()
    do throws(HubError) {
      let info = try await single.space(id)
      return info.hubID == hubID && info.address != id ? info.address : nil
    } catch {
      if case .moved(let target) = error.kind, let address = target.flatMap({ SpaceID($0) }) { return address }
      if error.isNotFound || error.isAboutAccess { return nil }
      if case .moved = error.kind { return nil }
      throw ProviderError("Reading the Space \(id)", error)
    }
  }

  private func observation(at address: SpaceID, _ lock: Lock?) async throws(ProviderError) -> Observation {
    let fleet = Fleet(project: Project(name: "terraform"), spaces: [asked(at: address)])
    do throws(Failure) {
      return try await Refresher(hub: hub) { ReadmeParser.parse($0) }.observe(fleet: fleet, manifests: [:], lock: lock)
    } catch {
      throw ProviderError(error, path: nil)
    }
  }

  /// A definition by which as much is asked as the state holds.
  private func asked(at address: SpaceID) -> SpaceDefinition {
    var definition = SpaceDefinition(id: address, file: "the configuration")
    if isImport || state["variables"].attributes?.isEmpty == false {
      definition.variables = ["": VariableDeclaration(value: ValueTemplate(""))]
    }
    if memory?.record.secrets.isEmpty == false {
      definition.secrets = ["": SecretDeclaration(source: .environment(""))]
    }
    if isImport || !state["volumes"].isNull { definition.volumes = [] }
    return definition
  }

  /// What is known of the Space from now on. Of an imported one it is what the Hub shows: that counts as written from here.
  private func record(_ observed: ObservedSpace) -> LockRecord {
    var record = memory?.record ?? LockRecord(hubID: observed.info.hubID)
    if memory == nil {
      let values = SpaceValues(observed: observed, record: record, endpoint: hub.endpoint)
      let kept = isImport ? values.allVariables : values.variables(over: state["variables"])
      for (key, value) in kept.attributes ?? [:] {
        record.variables[key] = RecordedVariable(value: value.stringValue ?? "")
      }
      if !state["volumes"].isNull || isImport, let live = observed.volumes.value, !live.isEmpty { record.volumes = live }
    }
    if let content = record.content, content.commit == observed.info.sha, observed.isRunning(content.commit) {
      record.content?.live = content.commit
    }
    return record
  }

  private func value(_ values: SpaceValues) -> CtyValue {
    var found = state
    for attribute in SpaceSchema.schema.attributes {
      let name = attribute.name
      found[name] = values.computed(name) ?? values.setting(name, over: state[name])
    }
    if values.observed.info.address != id {
      found["name"] = SpaceAddress.written(values.observed.info.address, like: state["name"])
    }
    found["variables"] = isImport ? values.allVariables : values.variables(over: state["variables"])
    found["variable_descriptions"] =
      isImport ? values.allDescriptions : values.descriptions(over: state["variable_descriptions"])
    found["volumes"] = isImport ? values.allVolumes : values.volumes(over: state["volumes"])
    return found
  }
}

extension ObservedSpace {
  /// Whether this commit was seen running; static Spaces do not name theirs, so their head stands for it.
  func isRunning(_ commit: String) -> Bool {
    guard let runtime = info.runtime, runtime.stage == .running else { return false }
    return (runtime.sha ?? info.sha) == commit
  }
}
