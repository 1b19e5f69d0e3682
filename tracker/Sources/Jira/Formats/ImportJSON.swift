import Backlog
import SpaceModel

/// The file for Jira's JSON importer, the only one that carries version dates and makes project, components and versions at once
/// (facts jira-import section 5). Durations are hours and minutes, because days are calendar days there; history is left out.
enum ImportJSON {
  static func text(_ set: ExportSet, site: JiraSite) -> [UInt8] {
    let project = set.project
    var document: [String: JSONValue] = [:]
    document["links"] = .array(links(set))
    document["projects"] = [
      [
        "name": .string(project.name), "key": .string(project.key), "type": "software",
        "description": .string(project.description),
        "components": .array(project.components.map { ["name": .string($0.name), "description": .string($0.description)] }),
        "versions": .array(project.versions.map { version($0, set) }),
        "issues": .array(set.items.map { issue($0, set, site) }),
      ]
    ]
    if let lead = set.request.ids?.projectLead, case .array(let projects)? = document["projects"],
      case .object(var only)? = projects.first
    {
      only["lead"] = .string(lead)
      document["projects"] = [.object(only)]
    }
    return Array(JSONValue.object(document).prettyText.utf8)
  }

  /// `PT90M`: what the importer's library turns into the same seconds. A period of days would be days of 24 hours.
  static func period(_ time: WorkTime) -> String {
    let (hours, minutes) = (time.minutes / 60, time.minutes % 60)
    return "PT" + (hours > 0 ? "\(hours)H" : "") + (minutes > 0 || hours == 0 ? "\(minutes)M" : "")
  }

  static func moment(_ date: CalendarDate) -> String { "\(date)T00:00:00.000+0000" }

  private static func version(_ version: ProjectVersion, _ set: ExportSet) -> JSONValue {
    var members: [String: JSONValue] = [
      "name": .string(version.name), "description": .string(version.description), "released": .bool(version.isReleased),
      "archived": false,
    ]
    if let date = set.versionDates[version.name] { members["releaseDate"] = .string(moment(date)) }
    return .object(members)
  }

  private static func links(_ set: ExportSet) -> [JSONValue] {
    var links: [JSONValue] = []
    func link(_ name: String, _ source: ItemID, _ destination: ItemID) {
      links.append([
        "name": .string(name), "sourceId": .string(String(source.number)), "destinationId": .string(String(destination.number)),
      ])
    }
    for item in set.items {
      // The reserved name; the child is the source.
      if item.kind == .subtask, let parent = item.parent { link("sub-task-link", item.id, parent) }
      for other in item.blocks { link(set.project.blocksLink, item.id, other) }
      for other in item.relates { link(set.project.relatesLink, item.id, other) }
    }
    return links
  }

  private static func issue(_ item: ExportItem, _ set: ExportSet, _ site: JiraSite) -> JSONValue {
    var labels = item.labels
    // No file that could be seen says how an item gets under an epic on Cloud; the label finds all that belong there.
    if site == .cloud, item.kind.level == 1, let epic = item.epic { labels.append("in-\(epic.label)") }
    var members: [String: JSONValue] = [
      "externalId": .string(item.number), "issueType": .string(set.kindName(item.kind, on: site)),
      "summary": .string(item.summary), "priority": .string(item.priority), "labels": .array(labels.map(JSONValue.string)),
    ]
    if !item.wiki.isEmpty { members["description"] = .string(item.wiki) }
    if !item.components.isEmpty { members["components"] = .array(item.components.map(JSONValue.string)) }
    if !item.versions.isEmpty { members["fixedVersions"] = .array(item.versions.map(JSONValue.string)) }
    if let due = item.due { members["duedate"] = .string(moment(due)) }
    if let estimate = item.estimate { members["originalEstimate"] = .string(period(estimate)) }
    if let ids = set.request.ids, !ids.statuses.isEmpty { members["status"] = .string(set.statusName(item)) }
    if let user = site == .cloud ? item.assignee?.cloud : item.assignee?.datacenter { members["assignee"] = .string(user) }
    if site == .datacenter {
      var fields: [JSONValue] = []
      if item.kind == .epic { fields.append(field("Epic Name", "gh-epic-label", ImportColumns.epicName(item))) }
      if item.kind.level == 1, let epic = item.epic.flatMap({ set[$0] }) {
        fields.append(field("Epic Link", "gh-epic-link", ImportColumns.epicName(epic)))
      }
      if !fields.isEmpty { members["customFieldValues"] = .array(fields) }
    }
    return .object(members)
  }

  private static func field(_ name: String, _ kind: String, _ value: String) -> JSONValue {
    ["fieldName": .string(name), "fieldType": .string("com.pyxis.greenhopper.jira:\(kind)"), "value": .string(value)]
  }
}
