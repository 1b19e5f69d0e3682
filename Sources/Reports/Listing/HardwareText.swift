import Console
import SpaceModel

/// The flavour table: what hardware there is, and what it costs.
public struct HardwareText {
  private let style: Style

  public init(style: Style) { self.style = style }

  /// - Parameters:
  ///   - catalogue: the flavours and their prices.
  ///   - uses: how many Spaces of the project are on each flavour; nil outside a project.
  public func text(_ catalogue: HardwareCatalogue, uses: [Flavour: Int]? = nil) -> String {
    guard !catalogue.offers.isEmpty else { return "No hardware fits.\n" }
    var table = TextTable(
      ["NAME", "CPU", "MEMORY", "ACCELERATOR", "$/HOUR", "$/MONTH"] + (uses == nil ? [] : ["SPACES HERE"]))
    for offer in catalogue.offers {
      table.add(
        [
          Printable.text(offer.flavour.rawValue), Printable.text(offer.cpu), Printable.text(offer.memory),
          Printable.text(offer.accelerator ?? "-"), price(offer.hourly),
          price(catalogue.monthlyUpperBound(offer.flavour, replicas: 1)),
        ] + (uses.map { [$0[offer.flavour].map(String.init) ?? "-"] } ?? []))
    }
    return table.text { row, column, cell in
      if row == 0 { return style.bold(cell) }
      return column >= 4 && cell == "free" ? style.green(cell) : cell
    }
  }

  private func price(_ money: Money?) -> String {
    guard let money else { return "?" }
    return money == .zero ? "free" : money.description
  }

  /// - Parameters:
  ///   - catalogue: the flavours and their prices.
  ///   - source: `published` for the built-in table, `hub` for one read from the Hub.
  ///   - uses: how many Spaces of the project are on each flavour; nil outside a project.
  public static func json(_ catalogue: HardwareCatalogue, source: String, uses: [Flavour: Int]? = nil) -> JSONValue {
    [
      "format_version": 1,
      "source": .string(source),
      "version": source == "published" ? .string(PublishedCatalogue.current.version) : .null,
      "hardware": .array(
        catalogue.offers.map { offer in
          [
            "name": .string(offer.flavour.rawValue), "title": .string(offer.title), "cpu": .string(offer.cpu),
            "memory": .string(offer.memory), "accelerator": offer.accelerator.map(JSONValue.string) ?? .null,
            "usd_hour": offer.hourly.map { .double($0.usd) } ?? .null,
            "usd_month": catalogue.monthlyUpperBound(offer.flavour, replicas: 1).map { .double($0.usd) } ?? .null,
            "spaces_here": uses.map { .int($0[offer.flavour] ?? 0) } ?? .null,
          ]
        }),
    ]
  }
}
