import CtyCore
import HubAPI
import ProviderKit

/// `huggingface_whoami`: who the token belongs to.
struct WhoAmI: DataSource {
  var schema: Schema {
    Schema(
      "The user or organisation that the provider's token belongs to.",
      [
        Attribute("id", .string, .computed, "The account's name."),
        Attribute("name", .string, .computed, "The account's name."),
        Attribute("is_pro", .bool, .computed, "Whether the account has PRO."),
        Attribute("can_pay", .bool, .computed, "Whether paid hardware can be had; null when the Hub does not say."),
        Attribute("organisations", .list(.string), .computed, "The organisations the account is a member of, sorted."),
      ])
  }

  func read(_ config: CtyValue, _ client: HubAccess) async throws -> CtyValue {
    let identity = try await client.call("Asking the Hub whose token this is") { hub throws(HubError) in try await hub.whoami()
    }
    return .fields([
      "id": .string(identity.name), "name": .string(identity.name), "is_pro": .bool(identity.isPro),
      "can_pay": identity.canPay.map(CtyValue.bool) ?? .null,
      "organisations": .sequence(identity.organisations.map(\.name).sorted().map(CtyValue.string)),
    ])
  }
}
