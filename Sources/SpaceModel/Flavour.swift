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
  public init(usd: Double) { microUSD = Int64((usd * 1_000_000).rounded()) }

  public static let zero = Money(microUSD: 0)
  public static func < (left: Money, right: Money) -> Bool { left.microUSD < right.microUSD }
  public static func + (left: Money, right: Money) -> Money { Money(microUSD: left.microUSD + right.microUSD) }
  public static func * (left: Money, factor: Double) -> Money {
    Money(microUSD: Int64((Double(left.microUSD) * factor).rounded()))
  }

  public var usd: Double { Double(microUSD) / 1_000_000 }

  /// `$292.00`: two decimals, rounded half up.
  public var description: String {
    let cents = (abs(microUSD) + 5000) / 10_000
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

extension HardwareCatalogue {
  /// The table published on 2026-07-21 (hub-docs `spaces-gpus.md`); rows marked in the source as published only for Jobs
  /// keep that price as the best known. `sprx8` and `inf2x6` exist without a published price.
  public static let published = HardwareCatalogue(offers: [
    row("cpu-basic", "CPU basic", "2 vCPU", "16 GB", nil, 0),
    row("cpu-upgrade", "CPU upgrade", "8 vCPU", "32 GB", nil, 0.03),
    row("cpu-xl", "CPU XL", "16 vCPU", "124 GB", nil, 1.00),
    row("cpu-performance", "CPU performance", "32 vCPU", "256 GB", nil, 1.90),
    row("sprx8", "Sapphire Rapids x8", "?", "?", nil, nil),
    row("zero-a10g", "ZeroGPU", "dynamic", "dynamic", "RTX Pro 6000 slice", 0),
    row("t4-small", "Nvidia T4 small", "4 vCPU", "15 GB", "1x Nvidia T4", 0.40),
    row("t4-medium", "Nvidia T4 medium", "8 vCPU", "30 GB", "1x Nvidia T4", 0.60),
    row("l4x1", "1x Nvidia L4", "8 vCPU", "30 GB", "1x Nvidia L4", 0.80),
    row("l4x4", "4x Nvidia L4", "48 vCPU", "186 GB", "4x Nvidia L4", 3.80),
    row("l40sx1", "1x Nvidia L40S", "8 vCPU", "62 GB", "1x Nvidia L40S", 1.80),
    row("l40sx4", "4x Nvidia L40S", "48 vCPU", "382 GB", "4x Nvidia L40S", 8.30),
    row("l40sx8", "8x Nvidia L40S", "192 vCPU", "1534 GB", "8x Nvidia L40S", 23.50),
    row("a10g-small", "Nvidia A10G small", "4 vCPU", "15 GB", "1x Nvidia A10G", 1.00),
    row("a10g-large", "Nvidia A10G large", "12 vCPU", "46 GB", "1x Nvidia A10G", 1.50),
    row("a10g-largex2", "2x Nvidia A10G large", "24 vCPU", "92 GB", "2x Nvidia A10G", 3.00),
    row("a10g-largex4", "4x Nvidia A10G large", "48 vCPU", "184 GB", "4x Nvidia A10G", 5.00),
    row("a100-large", "Nvidia A100 large", "12 vCPU", "142 GB", "1x Nvidia A100", 2.50),
    row("a100x4", "4x Nvidia A100", "48 vCPU", "568 GB", "4x Nvidia A100", 10.00),
    row("a100x8", "8x Nvidia A100", "96 vCPU", "1136 GB", "8x Nvidia A100", 20.00),
    row("h200", "Nvidia H200", "23 vCPU", "256 GB", "1x Nvidia H200", 5.00),
    row("h200x2", "2x Nvidia H200", "46 vCPU", "512 GB", "2x Nvidia H200", 10.00),
    row("h200x4", "4x Nvidia H200", "92 vCPU", "1024 GB", "4x Nvidia H200", 20.00),
    row("h200x8", "8x Nvidia H200", "184 vCPU", "2048 GB", "8x Nvidia H200", 40.00),
    row("rtx-pro-6000", "Nvidia RTX Pro 6000", "23 vCPU", "256 GB", "1x Nvidia RTX Pro 6000", 2.75),
    row("rtx-pro-6000x2", "2x Nvidia RTX Pro 6000", "46 vCPU", "512 GB", "2x Nvidia RTX Pro 6000", 5.50),
    row("rtx-pro-6000x4", "4x Nvidia RTX Pro 6000", "92 vCPU", "1024 GB", "4x Nvidia RTX Pro 6000", 11.00),
    row("rtx-pro-6000x8", "8x Nvidia RTX Pro 6000", "184 vCPU", "2048 GB", "8x Nvidia RTX Pro 6000", 22.00),
    row("inf2x6", "6x AWS Inferentia2", "?", "?", "6x AWS Inferentia2", nil),
  ])

  private static func row(
    _ flavour: Flavour, _ title: String, _ cpu: String, _ memory: String, _ accelerator: String?, _ hourly: Double?
  ) -> HardwareOffer {
    HardwareOffer(
      flavour: flavour, title: title, cpu: cpu, memory: memory, accelerator: accelerator,
      hourly: hourly.map(Money.init(usd:)))
  }
}
