import Diagnostics
import HubAPI
import SpaceModel
import State

extension SpaceWorker {
  /// One call with everything in it; then what the Hub made of it is read, and hardware asked for again if it was not honoured.
  mutating func create() async throws(Failure) {
    let definition = try required()
    let address = definition.id
    working("creating")
    var creation = SpaceCreation(id: address, sdk: definition.sdk, visibility: definition.visibility ?? .private)
    creation.hardware = definition.hardware
    creation.sleepTime = definition.hardware?.hasFixedSleep == false ? definition.sleepTime : nil
    creation.region = definition.region
    creation.resourceGroup = definition.resourceGroup
    creation.template = definition.template
    creation.devMode = definition.devMode
    creation.volumes = definition.volumes?.sorted() ?? []
    for (key, variable) in definition.variables.sorted(by: { $0.key < $1.key }) {
      let value = await shared.book.render(variable.value).value
      creation.variables.append(.init(key: key, value: value, note: variable.note))
    }
    for key in definition.secrets.keys.sorted() {
      creation.secrets.append(.init(key: key, value: try secret(key)))
    }
    let body = creation
    await shared.creations.acquire()
    let created: CreatedSpace
    do throws(Failure) {
      created = try await write(
        .create, details: CreationIntent.details(definition), doing: "creating \(address)",
        call: { _ throws(HubError) in try await hub.createSpace(body) },
        result: { ["hub_id": .string($0.hubID)] },
        settle: { tries, _ in await settleCreation(of: address, tries[0]) },
        record: { lock, created in lock.spaces[address] = LockRecord(hubID: created.hubID) })
    } catch {
      await shared.creations.release()
      throw error
    }
    await shared.creations.release()
    secretsAnswered = await hubTime()
    let doing = "reading \(address) after creating it"
    let info: SpaceInfo
    do throws(HubError) {
      info = try await hub.space(address)
      if plan.steps.contains(.commitContent) { bornWith = try await hub.tree(of: address, revision: info.sha ?? "main") }
    } catch {
      throw error.failure(doing: doing)
    }
    guard info.hubID == created.hubID else {
      throw Failure(doing: doing, problem: "the Hub shows another Space (\(info.hubID)) than it created (\(created.hubID))")
    }
    head = info.sha
    await shared.book.learn(address, from: info)
    await shared.milestones.reach(.exists(address), success: true)
    var variables: [String: RecordedVariable] = [:]
    for variable in body.variables { variables[variable.key] = RecordedVariable(value: variable.value, note: variable.note) }
    let written = variables
    await shared.ledger.update { $0.spaces[address]?.converge(to: definition, variables: written) }
    wroteSecrets = definition.secrets.keys.sorted()
    if let wanted = definition.hardware, info.runtime?.hardware.requested != wanted,
      info.runtime?.hardware.requested != nil
    {
      try await requestHardware(wanted, creation.sleepTime)
    }
  }

  /// Whether a create whose answer was lost is ours: born after the intent, and nothing in it but the Hub's first commit.
  private func settleCreation(of address: SpaceID, _ intent: Intent) async -> Settlement<CreatedSpace> {
    await shared.request.clock.sleep(1)
    do throws(HubError) {
      let recorded = Set(shared.request.lock.spaces.values.map(\.hubID))
      switch try await Evidence.ofCreation(
        address, shared.request.openCreations[address] ?? intent, recorded: recorded, hub)
      {
      case .ours(let info):
        return .happened(
          CreatedSpace(hubID: info.hubID, address: address, url: "\(hub.endpoint)/spaces/\(address)"))
      case .absent: return .didNotHappen
      case .foreign: return .unclear
      }
    } catch {
      return .unclear
    }
  }

  mutating func destroy() async throws(Failure) {
    let address = plan.address
    working("deleting")
    _ = try await write(
      .delete, details: ["hub_id": plan.hubID.map(JSONValue.string) ?? .null], doing: "deleting \(address)",
      call: { _ throws(HubError) in
        do throws(HubError) { try await hub.deleteSpace(address) } catch {
          // Gone already is what was wanted; the refresh saw it a moment ago with rights to delete it.
          if !error.isNotFound { throw error }
        }
      },
      settle: { _, _ in
        do throws(HubError) {
          return try await hub.space(address).hubID == plan.hubID ? .didNotHappen : .happened(())
        } catch {
          return error.isNotFound ? .happened(()) : .unclear
        }
      },
      record: { lock, _ in lock.spaces[address] = nil })
  }

  mutating func move(from origin: SpaceID) async throws(Failure) {
    let target = plan.address
    working("moving from \(origin)")
    _ = try await write(
      .move, details: ["from": .string("\(origin)"), "hub_id": plan.hubID.map(JSONValue.string) ?? .null],
      doing: "moving \(origin) to \(target)",
      call: { _ throws(HubError) in try await hub.moveSpace(origin, to: target) },
      settle: { _, _ in
        do throws(HubError) {
          return try await hub.space(target).hubID == plan.hubID ? .happened(()) : .unclear
        } catch {
          return error.isNotFound ? .didNotHappen : .unclear
        }
      },
      record: { lock, _ in
        lock.spaces[target] = lock.spaces.removeValue(forKey: origin)
      })
    current = target
    do throws(HubError) {
      await shared.book.learn(target, from: try await hub.space(target))
    } catch {
      throw error.failure(doing: "reading \(target) after moving it")
    }
    await shared.milestones.reach(.exists(target), success: true)
  }

  func setVisibility(_ visibility: Visibility) async throws(Failure) {
    working("making it \(visibility.rawValue)")
    try await writeRepeatable(
      .visibility, details: ["to": .string(visibility.rawValue)], doing: "setting the visibility of \(current)",
      call: { _ throws(HubError) in try await hub.setVisibility(visibility, of: current) },
      record: recordSetting("visibility", .string(visibility.rawValue)))
  }

  func setResourceGroup(_ group: String) async throws(Failure) {
    working("moving it to its resource group")
    try await writeRepeatable(
      .resourceGroup, details: ["to": .string(group)], doing: "setting the resource group of \(current)",
      call: { _ throws(HubError) in try await hub.setResourceGroup(group, of: current) },
      record: recordSetting("resource_group", .string(group)))
  }

  /// Writes one managed setting into the record.
  func recordSetting(_ key: String, _ value: JSONValue) -> @Sendable (inout Lock) -> Void {
    let address = current
    return { $0.spaces[address]?.settings[key] = value }
  }

  func secret(_ key: String) throws(Failure) -> Secret {
    guard let value = shared.request.secrets[plan.address]?[key] else {
      throw Failure(doing: "writing the secret \(key) of \(plan.address)", problem: "its value was not resolved")
    }
    return value
  }
}
