import CtyCore
import HubAPI
import ProviderKit
import SpaceModel

/// `huggingface_space_variable`: one public variable of a Space.
struct SpaceVariable: PlainResource {
  typealias Client = HubAccess

  var schema: Schema {
    Schema(
      "A variable of a Space. Everybody who sees the Space can read it; what nobody may read is a secret. Writing it restarts the Space.",
      [
        Attribute("id", .string, .computed, "`owner/name/KEY`.").keptOnUpdate(),
        Attribute("space", .string, .required, Addresses.spaceRule).replacing().validated(Addresses.checkSpace),
        Attribute("key", .string, .required, "The variable's name.").replacing().validated(Addresses.checkKey),
        Attribute("value", .string, .required, "The variable's value."),
        Attribute("description", .string, .optional, "What the variable is for. Unset, it is not managed."),
      ])
  }

  func refine(_ plan: inout ResourcePlan) { KeyIdentity.refine(&plan) }

  func read(_ state: CtyValue, _ client: HubAccess) async throws -> CtyValue? {
    let id = try Addresses.space(state["space"], at: .attribute("space"))
    let key = state["key"].stringValue ?? ""
    let all: [String: LiveVariable]? = try await client.call("Reading the variables of \(id)") { (hub) async throws(HubError) in
      do throws(HubError) { return try await hub.variables(of: id) } catch {
        if error.isNotFound { return nil }
        throw error
      }
    }
    guard let live = all?[key] else { return nil }
    var found = state
    found["value"] = .string(live.value)
    if !state["description"].isNull { found["description"] = .string(live.description ?? "") }
    return found
  }

  func create(_ plan: CtyValue, config: CtyValue, _ client: HubAccess) async throws -> CtyValue {
    try await write(plan, client)
  }

  func update(_ prior: CtyValue, to plan: CtyValue, config: CtyValue, _ client: HubAccess) async throws -> CtyValue {
    try await write(plan, client)
  }

  private func write(_ plan: CtyValue, _ client: HubAccess) async throws -> CtyValue {
    let id = try Addresses.space(plan["space"], at: .attribute("space"))
    let key = plan["key"].stringValue ?? ""
    let value = plan["value"].stringValue ?? ""
    let note = plan["description"].stringValue
    try await client.call("Writing the variable \(key) of \(id)") { hub throws(HubError) in
      try await hub.setVariable(key, value: value, note: note, of: id)
    }
    return KeyIdentity.identified(plan)
  }

  func delete(_ prior: CtyValue, _ client: HubAccess) async throws {
    let id = try Addresses.space(prior["space"], at: .attribute("space"))
    let key = prior["key"].stringValue ?? ""
    try await client.call("Deleting the variable \(key) of \(id)") { hub throws(HubError) in
      do throws(HubError) { try await hub.deleteVariable(key, of: id) } catch {
        if !error.isNotFound { throw error }
      }
    }
  }

  func importState(_ id: String) throws -> CtyValue {
    let (space, key) = try Addresses.key(id)
    return KeyIdentity.found(key, of: space)
  }

  func move(_ state: ForeignState) throws -> CtyValue {
    let (space, key) = try Addresses.key(of: state)
    return KeyIdentity.found(key, of: space)
  }
}
