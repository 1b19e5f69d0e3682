import HubAPI
import SpaceModel

/// The definition file of a Space that exists.
struct ImportedDefinition {
  let observed: ObservedForImport
  /// Whether the file must name the owner.
  let namesOwner: Bool
  /// The folder the Space's files are brought to; nil when they are not imported.
  let source: String?

  var text: String {
    DefinitionText.text(comment: ["Written by `spaceform import \(observed.address)`."], members, remarks: remarks)
  }

  /// What the value alone does not tell.
  private var remarks: [String: String] {
    var remarks = ["secrets": "The values stay as they are on the Hub; a `version` that is raised writes one again, from here."]
    if let hardware = observed.hardware, let offer = HardwareCatalogue.published[hardware], let price = offer.hourly,
      price > .zero
    {
      remarks["hardware"] = "\(offer.title): \(price) an hour while it runs."
    }
    return remarks
  }

  private var members: [(String, JSONValue)] {
    var members: [(String, JSONValue)] = [("name", .string(observed.address.name))]
    if namesOwner { members.append(("owner", .string(observed.address.owner))) }
    members.append(("sdk", .string(observed.sdk.rawValue)))
    members += observed.settings
    if let source { members.append(("source", ["path": .string(source)])) }
    if !observed.variables.isEmpty { members.append(("variables", .object(observed.variables.mapValues(Self.json)))) }
    if !observed.secrets.isEmpty {
      members.append(
        (
          "secrets",
          .object(
            Dictionary(observed.secrets.keys.map { ($0, ["env": .string($0)]) }, uniquingKeysWith: { first, _ in first }))
        ))
    }
    if !observed.volumes.isEmpty, !observed.hasUnknownVolumes {
      members.append(("volumes", .array(observed.volumes.map(\.json))))
    }
    return members
  }

  private static func json(_ variable: LiveVariable) -> JSONValue {
    let value = JSONValue.string(DefinitionText.escaped(variable.value))
    guard let note = variable.description, !note.isEmpty else { return value }
    return ["value": value, "description": .string(note)]
  }
}
