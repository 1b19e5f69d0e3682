import CtyCore
import HubAPI
import ProviderKit

/// `huggingface_space`: one Space as it is.
struct LiveSpace: DataSource {
  var schema: Schema {
    Schema(
      "A Space as it is on the Hub.",
      [Attribute("space", .string, .required, Addresses.spaceRule).validated(Addresses.checkSpace)] + SpaceFacts.attributes)
  }

  func read(_ config: CtyValue, _ client: HubAccess) async throws -> CtyValue {
    let id = try Addresses.space(config["space"], at: .attribute("space"))
    let info = try await client.call("Reading the Space \(id)", needsToken: false) { hub throws(HubError) in
      try await hub.space(id)
    }
    return .fields(SpaceFacts.values(info).merging(["space": config["space"]]) { _, given in given })
  }
}
