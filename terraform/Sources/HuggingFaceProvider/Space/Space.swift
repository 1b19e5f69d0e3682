import CtyCore
import Diagnostics
import ProviderKit
import SpaceModel

/// `huggingface_space`: a Space with everything that a definition can say of it.
///
/// It is planned and changed by the engine of the command line, one Space at a time: configuration is read as a definition, what is
/// remembered of the Space is the record of a lock.
struct Space: Resource {
  var schema: Schema { SpaceSchema.schema }

  func validate(_ config: CtyValue) -> [ProviderKit.Diagnostic] {
    if let conflict = SpaceAddress.conflict(config) { return [conflict] }
    var found = Self.descriptionsOfNothing(config)
    // `default_owner` is not known here; what it has to be is checked when a plan is made.
    let parts = SpaceAddress.parts(config, defaultOwner: "owner")
    do throws(Failure) {
      found += try DeclaredSpace(config, address: (parts.owner ?? "owner", parts.name ?? "name"), checks: true).diagnostics
    } catch {
      found += ProviderError(error, path: .attribute("source")).diagnostics
    }
    return found
  }

  private static func descriptionsOfNothing(_ config: CtyValue) -> [ProviderKit.Diagnostic] {
    guard let notes = config["variable_descriptions"].attributes, !config["variables"].isUnknown else { return [] }
    return notes.keys.sorted().filter { config["variables"][$0].isNull }.map {
      .error(
        "\($0) is described and is no variable", detail: "Add \($0) to `variables`, or remove its description.",
        path: .attribute("variable_descriptions").key($0))
    }
  }

  func refine(_ plan: inout ResourcePlan, _ client: HubAccess) throws {
    try client.requireToken()
    try SpacePlanning(plan, client).plan(&plan)
  }

  func read(_ state: StoredState, _ client: HubAccess) async throws -> StoredState? {
    try await SpaceReading(state, client).read()
  }

  func create(_ plan: CtyValue, config: CtyValue, _ client: HubAccess) async throws -> StoredState {
    try await SpaceChange(prior: nil, plan: plan, config: config, client).apply()
  }

  func update(
    _ prior: StoredState, to plan: CtyValue, config: CtyValue, _ client: HubAccess
  ) async throws -> StoredState {
    try await SpaceChange(prior: prior, plan: plan, config: config, client).apply()
  }

  func delete(_ prior: StoredState, _ client: HubAccess) async throws {
    try await SpaceRemoval(prior, client).apply()
  }

  func importState(_ id: String) throws -> CtyValue {
    guard let space = SpaceID(id) else {
      throw ProviderError("\(id.debugDescription) is no import id", detail: "It is the Space's address, owner/name.")
    }
    return Self.found(at: space)
  }

  func move(_ state: ForeignState) throws -> CtyValue { Self.found(at: try Addresses.space(of: state)) }

  private static func found(at space: SpaceID) -> CtyValue {
    .fields(["id": .string(space.description), "name": .string(space.name), "owner": .string(space.owner)])
  }
}
