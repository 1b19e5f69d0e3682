import Diagnostics
import SpaceModel

/// What only a site knows: the numbers of its fields, link types, statuses and sprints (facts jira-import section 4).
public struct SiteIDs: Hashable, Sendable {
  /// By the display name of the field: `Epic Link` → `10014`.
  public var customFields: [String: String] = [:]
  /// By the name of the link type: `Blocks` → `10000`.
  public var linkTypes: [String: String] = [:]
  /// By the name of the status.
  public var statuses: [String: String] = [:]
  /// By our number of the sprint.
  public var sprints: [String: String] = [:]
  /// What the site calls a column's field, by our header: `Parent` → `parent`.
  public var fields: [String: String] = [:]
  public var projectLead: String?
  /// By the name of the issue type, and of the priority: a project import alone needs them.
  public var issueTypes: [String: String] = [:]
  public var priorities: [String: String] = [:]
  /// The number of the site's own build, without which no project import is taken.
  public var build: String?

  public init() {}

  static let keys = [
    "custom_fields", "link_types", "statuses", "sprints", "fields", "project_lead", "format_version", "issue_types",
    "priorities",
    "build",
  ]

  /// - Parameters:
  ///   - json: the parsed text.
  ///   - name: what a failure calls the text.
  public init(json: JSONValue, name: String) throws(Failure) {
    func refuse(_ problem: String) -> Failure {
      Failure(
        doing: "reading \(name)", problem: problem,
        help: "Make the file with `spaceform-tracker learn`, or write it as docs/tracker.md shows.")
    }
    guard let members = json.objectValue else { throw refuse("it is not an object of ids") }
    for key in members.keys.sorted() where !SiteIDs.keys.contains(key) { throw refuse("`\(key)` is not a kind of id") }
    func ids(_ key: String, areNumbers: Bool) throws(Failure) -> [String: String] {
      guard let value = members[key] else { return [:] }
      guard let object = value.objectValue else { throw refuse("`\(key)` is not an object of names and ids") }
      var ids: [String: String] = [:]
      for (name, value) in object {
        let text = value.stringValue ?? value.intValue.map(String.init)
        guard let text, !text.isEmpty, !areNumbers || text.utf8.allSatisfy({ (48...57).contains($0) }) else {
          throw refuse("the id of `\(name)` in `\(key)` is not a number")
        }
        ids[name] = text
      }
      return ids
    }
    customFields = try ids("custom_fields", areNumbers: true)
    linkTypes = try ids("link_types", areNumbers: true)
    statuses = try ids("statuses", areNumbers: true)
    sprints = try ids("sprints", areNumbers: true)
    fields = try ids("fields", areNumbers: false)
    issueTypes = try ids("issue_types", areNumbers: true)
    priorities = try ids("priorities", areNumbers: true)
    projectLead = members["project_lead"]?.stringValue
    if let value = members["build"] {
      let text = value.stringValue ?? value.intValue.map(String.init) ?? ""
      guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { throw refuse("`build` is not a number") }
      build = text
    }
  }

  public var json: JSONValue {
    func object(_ ids: [String: String]) -> JSONValue { .object(ids.mapValues(JSONValue.string)) }
    var members: [String: JSONValue] = [
      "format_version": 1, "custom_fields": object(customFields), "link_types": object(linkTypes), "statuses": object(statuses),
      "sprints": object(sprints), "fields": object(fields),
    ]
    if let projectLead { members["project_lead"] = .string(projectLead) }
    if !issueTypes.isEmpty { members["issue_types"] = object(issueTypes) }
    if !priorities.isEmpty { members["priorities"] = object(priorities) }
    if let build { members["build"] = .string(build) }
    return .object(members)
  }
}
