import SpaceModel

/// What the Spaces of a fleet are called inside a Terraform configuration.
struct TerraformLabels: Sendable {
  private var labels: [SpaceID: String] = [:]

  init(_ fleet: Fleet) {
    let addresses = fleet.spaces.map(\.id)
    let plain = Dictionary(grouping: addresses) { Self.label($0.name) }
    var taken: Set<String> = []
    for address in addresses {
      let short = Self.label(address.name)
      let wanted = plain[short]?.count == 1 ? short : Self.label("\(address.owner)_\(address.name)")
      var label = wanted
      var number = 2
      while !taken.insert(label).inserted {
        label = "\(wanted)_\(number)"
        number += 1
      }
      labels[address] = label
    }
  }

  subscript(address: SpaceID) -> String { labels[address] ?? Self.label(address.name) }

  /// The variable that holds a secret.
  func variable(of key: String, in address: SpaceID) -> String { Self.label("\(self[address])_\(key)").lowercased() }

  /// A Space's name has letters, digits, `-`, `_` and `.`; a label has no `.` and begins with a letter or `_`.
  private static func label(_ name: String) -> String {
    let text = String(name.map { $0 == "." || $0 == "-" ? "_" : $0 })
    return HCL.isIdentifier(text) ? text : "_" + text
  }
}
