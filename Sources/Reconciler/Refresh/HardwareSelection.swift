import SpaceModel
import State

/// Which flavours to list.
public struct HardwareSelection: Sendable, Hashable {
  /// Only flavours with an accelerator.
  public var accelerated = false
  /// Only flavours of a known price up to this, in US dollars an hour.
  public var maximumHourly: Double?
  /// Only flavours that Spaces of the project are on.
  public var used = false

  public init(accelerated: Bool = false, maximumHourly: Double? = nil, used: Bool = false) {
    self.accelerated = accelerated
    self.maximumHourly = maximumHourly
    self.used = used
  }

  /// The offers that fit, in the catalogue's order.
  public func apply(to catalogue: HardwareCatalogue, uses: [Flavour: Int]) -> HardwareCatalogue {
    var catalogue = catalogue
    catalogue.offers = catalogue.offers.filter { offer in
      if accelerated, offer.accelerator == nil { return false }
      if used, uses[offer.flavour] == nil { return false }
      guard let maximumHourly else { return true }
      return offer.hourly.map { $0.usd <= maximumHourly } ?? false
    }
    return catalogue
  }
}

extension Lock {
  /// How many Spaces are recorded on each flavour; those whose hardware is not managed are not counted.
  public var hardwareUses: [Flavour: Int] {
    spaces.values.reduce(into: [:]) { uses, record in
      if let name = record.settings["hardware"]?.stringValue { uses[Flavour(rawValue: name), default: 0] += 1 }
    }
  }
}
