import HubAPI
import SpaceModel

/// A row of `GET /api/spaces/hardware` (facts hub-api section 2.14): counts are display strings, the price is for a unit of time.
private struct WireOffer: Decodable {
  struct Accelerator: Decodable {
    var model: String?
    var quantity: String?
    var manufacturer: String?

    var words: String {
      let name = [manufacturer, model].compactMap { $0 }.joined(separator: " ")
      return "\(quantity ?? "1")x \(name.isEmpty ? "accelerator" : name)"
    }
  }

  var name: String
  var prettyName: String?
  var cpu: String?
  var ram: String?
  var accelerator: Accelerator?
  var unitCostMicroUSD: Double?
  var unitCostUSD: Double?
  var unitLabel: String?

  /// Dollars an hour; nil when the Hub names no price, or one we cannot read.
  var hourly: Money? {
    let unitsAnHour: Double? =
      switch unitLabel {
      case "minute", nil: 60
      case "hour": 1
      case "second": 3600
      default: nil
      }
    guard let unitsAnHour, let micro = unitCostMicroUSD ?? unitCostUSD.map({ $0 * 1_000_000 }) else { return nil }
    let hour = (micro * unitsAnHour).rounded()
    return hour >= 0 && hour < 1e15 ? Money(microUSD: Int64(hour)) : nil
  }
}

extension HubClient {
  public func hardware() async throws(HubError) -> HardwareCatalogue {
    let call = HubCall.get("/api/spaces/hardware")
    let rows = try decode([WireOffer].self, from: try await perform(call), call, expected: "a list of hardware")
    return HardwareCatalogue(
      offers: rows.map { row in
        HardwareOffer(
          flavour: Flavour(rawValue: row.name), title: row.prettyName ?? row.name, cpu: row.cpu ?? "?",
          memory: row.ram ?? "?", accelerator: row.accelerator?.words, hourly: row.hourly)
      })
  }
}
