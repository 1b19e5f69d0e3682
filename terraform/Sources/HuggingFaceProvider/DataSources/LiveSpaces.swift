import CtyCore
import HubAPI
import ProviderKit

/// `huggingface_spaces`: all Spaces of an owner, in one list call.
struct LiveSpaces: DataSource {
  var schema: Schema {
    Schema(
      "All Spaces of a user or an organisation that the token may see.",
      [
        Attribute("id", .string, .computed, "The owner."),
        Attribute("owner", .string, .optional, "The owner. Without it, the provider's `default_owner`."),
        Attribute("spaces", .nested(.map, SpaceFacts.attributes), .computed, "Each Space by its name."),
      ])
  }

  func read(_ config: CtyValue, _ client: HubAccess) async throws -> CtyValue {
    guard let owner = config["owner"].stringValue ?? client.owner else {
      throw ProviderError(
        "No owner is given", detail: "Set `owner`, or `default_owner` of the provider.", path: .attribute("owner"))
    }
    let all = try await client.call("Listing the Spaces of \(owner)", needsToken: false) { hub throws(HubError) in
      try await hub.spaces(ownedBy: owner)
    }
    let spaces = Dictionary(all.map { ($0.address.name, CtyValue.fields(SpaceFacts.values($0))) }) { first, _ in first }
    return .fields(["id": .string(owner), "owner": config["owner"], "spaces": .fields(spaces)])
  }
}
