import CtyCore
import HubAPI
import ProviderKit
import SpaceModel

/// `huggingface_space_secret`: one secret of a Space. Its value is in the configuration alone, never in state or plan.
struct SpaceSecret: PlainResource {
  typealias Client = HubAccess

  var schema: Schema {
    Schema(
      """
      A secret of a Space. The Hub never shows its value, and Terraform stores it nowhere: a new value is written when \
      `value_version` changes, or when somebody else has written the secret since.
      """,
      [
        Attribute("id", .string, .computed, "`owner/name/KEY`.").keptOnUpdate(),
        Attribute("space", .string, .required, Addresses.spaceRule).replacing().validated(Addresses.checkSpace),
        Attribute("key", .string, .required, "The secret's name.").replacing().validated(Addresses.checkKey),
        Attribute("value", .string, .required, "The secret's value. Takes ephemeral values.").sensitive().writeOnly(),
        Attribute(
          "value_version", .number, .required,
          "Any number; change it to have `value` written again. Null in state means that the secret was written elsewhere."),
        Attribute("updated_at", .number, .computed, "When the Hub last took a value, in milliseconds since 1970."),
      ])
  }

  func refine(_ plan: inout ResourcePlan) { KeyIdentity.refine(&plan) }

  func read(_ state: CtyValue, _ client: HubAccess) async throws -> CtyValue? {
    let (id, key) = try place(state)
    guard let live = try await secrets(of: id, client)?[key] else { return nil }
    var found = state
    let updated = Self.moment(live)
    if state["updated_at"] != updated { found["value_version"] = .null }
    found["updated_at"] = updated
    return found
  }

  func create(_ plan: CtyValue, config: CtyValue, _ client: HubAccess) async throws -> CtyValue {
    try await write(plan, config, client)
  }

  func update(_ prior: CtyValue, to plan: CtyValue, config: CtyValue, _ client: HubAccess) async throws -> CtyValue {
    try await write(plan, config, client)
  }

  private func write(_ plan: CtyValue, _ config: CtyValue, _ client: HubAccess) async throws -> CtyValue {
    let (id, key) = try place(plan)
    guard let value = config["value"].stringValue else {
      throw ProviderError("The secret has no value", detail: "`value` is needed to write it.", path: .attribute("value"))
    }
    try await client.call("Writing the secret \(key) of \(id)") { hub throws(HubError) in
      try await hub.setSecret(key, value: Secret(value), of: id)
    }
    var made = KeyIdentity.identified(plan)
    made["updated_at"] = .null
    do {
      made["updated_at"] = try await secrets(of: id, client)?[key].map(Self.moment) ?? .null
    } catch {
      // It is written: state says so, and the next read finds another moment and has it written once more.
      throw ProviderError(error.diagnostics, state: StoredState(made))
    }
    return made
  }

  func delete(_ prior: CtyValue, _ client: HubAccess) async throws {
    let (id, key) = try place(prior)
    try await client.call("Deleting the secret \(key) of \(id)") { hub throws(HubError) in
      do throws(HubError) { try await hub.deleteSecret(key, of: id) } catch {
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

  private func place(_ state: CtyValue) throws(ProviderError) -> (SpaceID, String) {
    (try Addresses.space(state["space"], at: .attribute("space")), state["key"].stringValue ?? "")
  }

  private func secrets(of id: SpaceID, _ client: HubAccess) async throws(ProviderError) -> [String: LiveSecret]? {
    try await client.call("Reading the secrets of \(id)") { (hub) async throws(HubError) in
      do throws(HubError) { return try await hub.secrets(of: id) } catch {
        if error.isNotFound { return nil }
        throw error
      }
    }
  }

  private static func moment(_ live: LiveSecret) -> CtyValue { live.updatedAt.map { .int(Int($0.milliseconds)) } ?? .null }
}
