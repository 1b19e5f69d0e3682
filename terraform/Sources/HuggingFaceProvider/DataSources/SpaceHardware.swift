import CtyCore
import HubAPI
import ProviderKit

/// `huggingface_space_hardware`: what Spaces can run on.
struct SpaceHardware: DataSource {
  var schema: Schema {
    Schema(
      "The hardware that Spaces can run on, with its price.",
      [
        Attribute("id", .string, .computed, "Always `hardware`."),
        Attribute(
          "flavours",
          .nested(
            .map,
            [
              Attribute("title", .string, .computed, "The flavour's name for people."),
              Attribute("cpu", .string, .computed, "Its processors."),
              Attribute("memory", .string, .computed, "Its memory."),
              Attribute("accelerator", .string, .computed, "Its accelerator; null for CPU flavours."),
              Attribute(
                "hourly_usd", .number, .computed, "The price of one replica for an hour; null where none is published."),
            ]), .computed, "Each flavour by the name that `hardware` takes."),
      ])
  }

  func read(_ config: CtyValue, _ client: HubAccess) async throws -> CtyValue {
    let catalogue = try await client.call("Asking the Hub for its hardware", needsToken: false) { hub throws(HubError) in
      try await hub.hardware()
    }
    var flavours: [String: CtyValue] = [:]
    for offer in catalogue.offers {
      flavours[offer.flavour.rawValue] = .fields([
        "title": .string(offer.title), "cpu": .string(offer.cpu), "memory": .string(offer.memory),
        "accelerator": offer.accelerator.map(CtyValue.string) ?? .null,
        "hourly_usd": offer.hourly.flatMap { CtyNumber(text: "\($0.microUSD)e-6") }.map(CtyValue.number) ?? .null,
      ])
    }
    return .fields(["id": .string("hardware"), "flavours": .fields(flavours)])
  }
}
