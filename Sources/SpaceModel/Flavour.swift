/// A hardware flavour by the Hub's name. An open set: the table below is what was known when it was made.
public struct Flavour: OpenName {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public static let cpuBasic: Flavour = "cpu-basic"
  public static let zeroA10G: Flavour = "zero-a10g"

  /// Free hardware ignores sleep time: the Hub fixes it (facts: hub-api section 7.5).
  public var hasFixedSleep: Bool { self == .cpuBasic || self == .zeroA10G }
}

/// US dollars in millionths, so that sums are exact.
public struct Money: Hashable, Sendable, Comparable, CustomStringConvertible {
  public var microUSD: Int64

  public init(microUSD: Int64) { self.microUSD = microUSD }
  public init(usd: Double) { self.init(nearest: usd * 1_000_000) }

  /// Beyond `limit` there is no more money: a definition may ask for any number of replicas.
  private init(nearest microUSD: Double) {
    let limit = Double(Money.limit)
    self.microUSD = microUSD.isNaN ? 0 : Int64(min(max(microUSD.rounded(), -limit), limit))
  }

  private static let limit: Int64 = 1 << 60

  public static let zero = Money(microUSD: 0)
  public static func < (left: Money, right: Money) -> Bool { left.microUSD < right.microUSD }
  public static func + (left: Money, right: Money) -> Money {
    let (sum, overflows) = left.microUSD.addingReportingOverflow(right.microUSD)
    return Money(microUSD: overflows ? (right.microUSD < 0 ? -limit : limit) : min(max(sum, -limit), limit))
  }
  public static func * (left: Money, factor: Double) -> Money {
    Money(nearest: Double(left.microUSD) * factor)
  }

  public var usd: Double { Double(microUSD) / 1_000_000 }

  /// `$292.00`: two decimals, rounded half up.
  public var description: String {
    let cents = (microUSD.magnitude + 5000) / 10_000
    let sign = microUSD < 0 && cents > 0 ? "-" : ""
    return "\(sign)$\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
  }
}

/// One row of the flavour table.
public struct HardwareOffer: Hashable, Sendable {
  public var flavour: Flavour
  public var title: String
  public var cpu: String
  public var memory: String
  /// Nil for CPU flavours.
  public var accelerator: String?
  /// Price of one replica; nil where no price for Spaces is published.
  public var hourly: Money?

  public init(
    flavour: Flavour, title: String, cpu: String, memory: String, accelerator: String? = nil, hourly: Money? = nil
  ) {
    self.flavour = flavour
    self.title = title
    self.cpu = cpu
    self.memory = memory
    self.accelerator = accelerator
    self.hourly = hourly
  }

  public var isPaid: Bool { hourly.map { $0 > .zero } ?? true }
}

/// Flavours and prices, known offline or read from the Hub.
public struct HardwareCatalogue: Hashable, Sendable {
  public var offers: [HardwareOffer]

  public init(offers: [HardwareOffer]) { self.offers = offers }

  public subscript(flavour: Flavour) -> HardwareOffer? { offers.first { $0.flavour == flavour } }

  /// Upper bound for a month of 730 hours; nil when the price is unknown.
  public func monthlyUpperBound(_ flavour: Flavour?, replicas: Int?) -> Money? {
    guard let flavour else { return .zero }
    return self[flavour]?.hourly.map { $0 * (730 * Double(max(1, replicas ?? 1))) }
  }
}
