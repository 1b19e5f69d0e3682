/// What the Hub offers as this program knows it: the data file `catalogue.tsv`, built in.
public struct PublishedCatalogue: Sendable {
  /// The day of the documentation it was taken from: `2026-07-21`.
  public let version: String
  public let hardware: HardwareCatalogue
  public let sdks: [SDK]
  /// What a definition may ask for at creation.
  public let creatableSDKs: [SDK]
  public let regions: [Region]

  public static let current = PublishedCatalogue(String(decoding: PackageResources.catalogue_tsv, as: UTF8.self))

  /// A table's lines that are none of ours: empty in every table that was made whole.
  let rejected: [String]

  /// - Parameter text: lines of fields parted by tabs; those that begin with `#` are comments.
  init(_ text: String) {
    var version = ""
    var (offers, sdks, creatable, regions, rejected): ([HardwareOffer], [SDK], [SDK], [Region], [String]) = ([], [], [], [], [])
    for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      switch (fields[0], fields.count) {
      case ("version", 2): version = fields[1]
      case ("flavour", 7): offers.append(PublishedCatalogue.offer(fields))
      case ("sdk", 3):
        sdks.append(SDK(rawValue: fields[1]))
        if fields[2] == "creatable" { creatable.append(SDK(rawValue: fields[1])) }
      case ("region", 2): regions.append(Region(rawValue: fields[1]))
      default: rejected.append(String(line))
      }
    }
    self.version = version
    hardware = HardwareCatalogue(offers: offers)
    self.sdks = sdks
    creatableSDKs = creatable
    self.regions = regions
    self.rejected = rejected
  }

  private static func offer(_ fields: [String]) -> HardwareOffer {
    func known(_ field: String) -> String? { field.isEmpty ? nil : field }
    return HardwareOffer(
      flavour: Flavour(rawValue: fields[1]), title: fields[2], cpu: known(fields[3]) ?? "?", memory: known(fields[4]) ?? "?",
      accelerator: known(fields[5]), hourly: Double(fields[6]).map(Money.init(usd:)))
  }
}

extension HardwareCatalogue {
  /// The built-in table of flavours and prices.
  public static var published: HardwareCatalogue { PublishedCatalogue.current.hardware }
}
