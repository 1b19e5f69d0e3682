import Content
import CtyCore
import Diagnostics
import HubAPI
import ProviderKit
import Reconciler
import SpaceModel
import State

/// Makes or changes one Space, and says what has become of it, whether all went well or not.
struct SpaceChange {
  private let prior: StoredState?
  private let planned: CtyValue
  private let memory: SpaceMemory?
  private let definition: SpaceDefinition
  private let engine: SpaceEngine
  private let hub: SharingHub
  private let access: HubAccess

  init(prior: StoredState?, plan: CtyValue, config: CtyValue, _ access: HubAccess) throws(ProviderError) {
    self.prior = prior
    planned = plan
    self.access = access
    memory = prior.flatMap { SpaceMemory($0.privateData) }
    hub = try access.single()
    guard let address = try SpaceAddress.known(config, defaultOwner: access.owner) else {
      throw ProviderError("The Space's address is not known", path: .attribute("name"))
    }
    do throws(Failure) {
      let state = prior?.value ?? .null
      let declared = try DeclaredSpace(config, prior: state, address: (address.owner, address.name), checks: false)
      guard var definition = declared.definition else {
        let checked = try DeclaredSpace(config, address: (address.owner, address.name), checks: true)
        throw Failure(
          doing: "reading the configuration of \(address)",
          problem: checked.findings.first.map { "\($0.rule): \($0.message)" } ?? "it makes no definition")
      }
      if let now = prior?.value["id"].stringValue.flatMap({ SpaceID($0) }), now != address { definition.movedFrom = now }
      self.definition = definition
      let lock = SpaceMemory.lock(
        memory.map { [definition.movedFrom ?? address: $0.record] } ?? [:], endpoint: hub.endpoint)
      engine = SpaceEngine(
        fleet: Fleet(project: Project(name: "terraform"), spaces: [definition]), lock: lock, content: try declared.content(),
        secrets: SpaceSecrets(config["secrets"]),
        options: PlanOptions(
          adopt: prior != nil && memory == nil ? [address] : [],
          overwriteForeign: config["overwrite_foreign"].boolValue ?? false), hub: hub, lockKey: access.lockKey,
        limit: SpaceTimeouts.limit(config, prior == nil ? "create" : "update"))
    } catch {
      throw ProviderError(error, path: .attribute("source"))
    }
  }

  func apply() async throws(ProviderError) -> StoredState {
    let observation: Observation
    do throws(Failure) { observation = try await engine.observe() } catch { throw ProviderError(error, path: nil) }
    let plan = engine.plan(observation)
    guard let space = plan.spaces.first(where: { $0.address == definition.id }) else {
      throw ProviderError("\(definition.id) is not in its own plan")
    }
    if let blocked = space.blocked { throw refused(blocked, space) }
    let outcome = await engine.apply(plan, observation)
    var failure = outcome.failure
    if failure == nil, let blocked = space.blockedContent {
      let commits = space.foreignCommits.map { "\n  \($0)" }.joined()
      failure = ProviderError(
        blocked,
        help: space.foreignCommits.isEmpty
          ? nil
          : "Bring them into the source first, or have them discarded with `overwrite_foreign = true`. The newest are:\(commits)",
        path: .attribute("source"))
    }
    guard let failure else { return try await done(outcome.lock) }
    throw ProviderError(failure.diagnostics, state: await left(outcome.lock))
  }

  private func refused(_ refusal: Refusal, _ space: SpacePlan) -> ProviderError {
    if prior == nil, space.hubID != nil {
      return ProviderError(
        "\(definition.id) exists already",
        detail: "Import the existing Space with `terraform import`, or choose another name.", path: .attribute("name"))
    }
    return ProviderError(
      refusal,
      help: space.action == .replace
        ? "The Hub shows no region for it, or another one than the state has: plan again, or take `region` out of the configuration"
        : nil,
      path: .attribute("name"))
  }

  // MARK: State

  /// Everything was done: what was planned is so, and what was unknown is what the Hub says.
  private func done(_ lock: Lock) async throws(ProviderError) -> StoredState {
    guard let record = lock.spaces[definition.id] else {
      throw ProviderError("\(definition.id) was applied and is not recorded")
    }
    let remembered = SpaceMemory(address: definition.id, record: record).bytes(endpoint: hub.endpoint)
    do throws(HubError) {
      let observed = ObservedSpace(info: try await hub.space(definition.id))
      let values = SpaceValues(observed: observed, record: record, endpoint: hub.endpoint)
      return StoredState(filled(values), privateData: remembered)
    } catch {
      // No failure: Terraform would delete a new Space for it.
      let failure = ProviderError("Reading \(definition.id) after the change", error)
      return StoredState(
        known(planned), privateData: remembered,
        warnings: failure.diagnostics.map {
          .warning($0.summary, detail: $0.detail + " The change itself is done; the next refresh reads the Space.")
        })
    }
  }

  private func filled(_ values: SpaceValues) -> CtyValue {
    var state = planned
    for attribute in SpaceSchema.schema.attributes where planned[attribute.name].isUnknown {
      state[attribute.name] = values.computed(attribute.name) ?? values.setting(attribute.name, over: .null)
    }
    return known(state)
  }

  /// Without anything unknown.
  private func known(_ state: CtyValue) -> CtyValue {
    var known = state
    for attribute in SpaceSchema.schema.attributes where !known[attribute.name].isWhollyKnown {
      known[attribute.name] = prior?.value[attribute.name] ?? .null
    }
    if planned["id"].isUnknown { known["id"] = .string(definition.id.description) }
    return known
  }

  /// Something went wrong: what the Hub has now, where it can be read, stands in the state, so that the next plan goes on from there.
  /// Nil when there is nothing.
  private func left(_ lock: Lock) async -> StoredState? {
    guard let (address, record) = lock.spaces.first else { return nil }
    var state = known(planned)
    let remembered = SpaceMemory(address: address, record: record)
    state["id"] = .string(address.description)
    if address != definition.id { for name in ["name", "owner"] { state[name] = prior?.value[name] ?? state[name] } }
    let versions = Set(record.secrets.values.map(\.version))
    let wanted = definition.secrets.values.first?.version
    if let prior, Set(record.secrets.keys) != Set(definition.secrets.keys) || versions != [wanted] {
      state["secrets_version"] = prior.value["secrets_version"]
    }
    state["secrets_updated_at"] = remembered.secretTimes
    for (name, setting) in definition.managedSettings where record.settings[name] != setting {
      state[name] = prior?.value[name] ?? state[name]
    }
    if !record.variables.isEmpty || !state["variables"].isNull {
      state["variables"] = .fields(record.variables.mapValues { .string($0.value) })
    }
    let bytes = remembered.bytes(endpoint: hub.endpoint)
    let stored = StoredState(state, privateData: bytes)
    // A cancelled task could not ask any more, and who wants to stop does not wait for long.
    let reading = Task { try await SpaceReading(stored, access, alone: true).read() }
    let limit = Task {
      try await Task.sleep(for: .seconds(20))
      reading.cancel()
    }
    defer { limit.cancel() }
    guard let read = try? await reading.value else { return stored }
    return read
  }
}
