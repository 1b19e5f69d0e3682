import HubSimulator
import SpaceModel

extension Routes {
  /// Flavours, templates and quotas (facts hub-api section 2.14): fixed words that a Space's address could be taken for.
  static let catalogue: [Route] = [
    Route("GET", "/api/spaces/hardware", "hardware-catalogue", .quick { _, _ in .json(hardware) }),
    Route("GET", "/api/jobs/hardware", "hardware-catalogue", .quick { _, _ in .json(hardware) }),
    Route(
      "GET", "/api/spaces/templates", "templates",
      .quick { _, _ in
        .json([
          "templates": .array(
            Template.all.map { template in
              [
                "name": .string(template.name), "repoId": .string(template.repository),
                "sdk": .string(template.sdk.rawValue), "preferredPrivate": .bool(template.prefersPrivate),
              ]
            })
        ])
      }),
    Route(
      "GET", "/api/spaces/zero-gpu/quota", "zero-gpu-quota",
      .quick { call, core throws(Refusal) in
        guard let plan = core.world.plan(of: call.caller) else { throw .noToken }
        let seconds = plan == .free ? 210 : 1500
        return .json(["base": .int(seconds), "current": .int(seconds), "resetsAt": .null])
      }),
  ]

  private static let hardware: JSONValue = .array(HardwareCatalogue.published.offers.map(offer))

  private static func offer(_ offer: HardwareOffer) -> JSONValue {
    // A price for each minute, as the Hub gives it. One without a published price shows 0:
    // the interface has no other way to say so.
    let micro = offer.hourly.map { ($0.microUSD + 30) / 60 } ?? 0
    var accelerator: JSONValue = .null
    if let name = offer.accelerator {
      let parts = name.split(separator: " ", maxSplits: 1)
      let quantity = parts.first.map { String($0.prefix { $0.isNumber }) } ?? ""
      let manufacturer = name.contains("AWS") ? "AWS" : "Nvidia"
      let model = parts.count == 2 && !quantity.isEmpty ? String(parts[1]) : name
      accelerator = [
        "type": name.contains("Inferentia") ? "neuron" : "gpu",
        "model": .string(model.hasPrefix(manufacturer + " ") ? String(model.dropFirst(manufacturer.count + 1)) : model),
        "quantity": .string(quantity.isEmpty ? "1" : quantity), "vram": "", "manufacturer": .string(manufacturer),
      ]
    }
    return [
      "name": .string(offer.flavour.rawValue), "prettyName": .string(offer.title), "cpu": .string(offer.cpu),
      "ram": .string(offer.memory), "accelerator": accelerator, "unitCostUSD": .double(Double(micro) / 1_000_000),
      "unitCostMicroUSD": .int(Int(micro)), "unitLabel": "minute",
    ]
  }
}
