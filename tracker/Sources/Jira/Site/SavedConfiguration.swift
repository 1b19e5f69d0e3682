import Diagnostics
import SpaceModel

/// A configuration that was saved at the end of Jira's CSV wizard, version 2.0 (facts jira-import section 4).
public enum SavedConfiguration {
  /// The ids it holds.
  /// - Parameters:
  ///   - json: the configuration as Jira saved it.
  ///   - name: what a failure calls it.
  ///   - linkNames: names of the project's link types by the header that this program gives their column.
  public static func learn(_ json: JSONValue, name: String, linkNames: [String: String]) throws(Failure) -> SiteIDs {
    func refuse(_ problem: String) -> Failure {
      Failure(
        doing: "learning from \(name)", problem: problem,
        help: "Save the configuration on the last page of Jira's CSV import, and name that file.")
    }
    guard let members = json.objectValue else { throw refuse("it is not a saved configuration: no JSON object") }
    let version = members["config.version"]?.stringValue
    guard version == "2.0" else {
      throw refuse(version.map { "its version is \($0), and 2.0 is what is read" } ?? "it has no `config.version`")
    }
    guard let mappings = members["config.field.mappings"]?.objectValue else {
      throw refuse("it has no `config.field.mappings`")
    }
    var ids = SiteIDs()
    for (header, mapping) in mappings {
      if let id = mapping["existing.custom.field"]?.stringValue, isNumber(id) {
        ids.customFields[header] = id
      } else if let id = mapping["link.type"]?.stringValue, isNumber(id) {
        ids.linkTypes[linkNames[header] ?? header] = id
      } else if let field = mapping["jira.field"]?.stringValue, let standard = ImportColumns.standardFields[header],
        field != standard
      {
        ids.fields[header] = field
      }
    }
    if let values = members["config.value.mappings"]?["Status"]?.objectValue {
      for (name, id) in values { if let id = id.stringValue, isNumber(id) { ids.statuses[name] = id } }
    }
    ids.projectLead = members["config.project"]?["project.lead"]?.stringValue
    return ids
  }

  private static func isNumber(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) } }
}
