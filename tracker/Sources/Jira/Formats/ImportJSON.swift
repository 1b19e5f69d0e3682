import Backlog
import Diagnostics
import SpaceModel

/// The file for Jira's JSON importer, the only one that carries version dates and makes project, components and versions at once
/// (facts jira-import section 5). Durations are hours and minutes, because days are calendar days there; history is left out.
enum ImportJSON {
  static func write(_ set: ExportSet, site: JiraSite, to sink: ExportSink) throws(Failure) {
    let project = set.project
    let components = project.components.map {
      JSONText.object(["name": JSONText.string($0.name), "description": JSONText.string($0.description)])
    }
    var head = "{\n\"links\": [\n" + lines(links(set)) + "\n],\n\"projects\": [{\n"
    head +=
      "\"key\": \(JSONText.string(project.key).text),\n\"name\": \(JSONText.string(project.name).text),\n\"type\": \"software\",\n"
    head += "\"description\": \(JSONText.string(project.description).text),\n"
    if let lead = set.request.ids?.projectLead { head += "\"lead\": \(JSONText.string(lead).text),\n" }
    head += "\"components\": [\n" + lines(components) + "\n],\n"
    head += "\"versions\": [\n" + lines(project.versions.map { version($0, set) }) + "\n],\n\"issues\": [\n"
    try sink(Array(head.utf8))
    try set.items.write(to: sink) { place, item in issue(item, set, site).line(place) }
    try sink(Array("\n]}]\n}\n".utf8))
  }

  /// `PT90M`: what the importer's library turns into the same seconds. A period of days would be days of 24 hours.
  static func period(_ time: WorkTime) -> String {
    let (hours, minutes) = (time.minutes / 60, time.minutes % 60)
    return "PT" + (hours > 0 ? "\(hours)H" : "") + (minutes > 0 || hours == 0 ? "\(minutes)M" : "")
  }

  private static func moment(_ date: CalendarDate) -> JSONText { "\"\(date)T00:00:00.000+0000\"" }

  private static func lines(_ elements: [JSONText]) -> String { elements.map(\.text).joined(separator: ",\n") }

  private static func version(_ version: ProjectVersion, _ set: ExportSet) -> JSONText {
    JSONText.object([
      "name": JSONText.string(version.name), "description": JSONText.string(version.description),
      "released": version.isReleased ? "true" : "false", "archived": "false",
      "releaseDate": set.versionDates[version.name].map(moment),
    ])
  }

  private static func links(_ set: ExportSet) -> [JSONText] {
    var links: [JSONText] = []
    func link(_ name: String, _ source: ItemID, _ destination: ItemID) {
      links.append(
        JSONText.object([
          "name": JSONText.string(name), "sourceId": "\"\(source.number)\"", "destinationId": "\"\(destination.number)\"",
        ]))
    }
    for item in set.items {
      // The reserved name; the child is the source.
      if item.kind == .subtask, let parent = item.parent { link("sub-task-link", item.id, parent) }
      for other in item.blocks { link(set.project.blocksLink, item.id, other) }
      for other in item.relates { link(set.project.relatesLink, item.id, other) }
    }
    return links
  }

  private static func issue(_ item: ExportItem, _ set: ExportSet, _ site: JiraSite) -> JSONText {
    var labels = item.labels
    // No file that could be seen says how an item gets under an epic on Cloud; the label finds all that belong there.
    if site == .cloud, item.kind.level == 1, let epic = item.epic { labels.append("in-\(epic.label)") }
    let hasStatuses = set.request.ids?.statuses.isEmpty == false
    let user = site == .cloud ? item.assignee?.cloud : item.assignee?.datacenter
    var fields: [JSONText] = []
    if site == .datacenter {
      if item.kind == .epic { fields.append(field("Epic Name", "gh-epic-label", ImportColumns.epicName(item))) }
      if item.kind.level == 1, let epic = item.epic.flatMap({ set[$0] }) {
        fields.append(field("Epic Link", "gh-epic-link", ImportColumns.epicName(epic)))
      }
    }
    return JSONText.object([
      "externalId": "\"\(item.number)\"", "issueType": JSONText.string(set.kindName(item.kind, on: site)),
      "summary": item.summaryJSON, "priority": JSONText.string(item.priority),
      "labels": labels.count == item.labels.count ? item.labelsJSON : JSONText.strings(labels),
      "description": item.wikiJSON,
      "components": item.components.isEmpty ? nil : JSONText.strings(item.components),
      "fixedVersions": item.versions.isEmpty ? nil : JSONText.strings(item.versions), "duedate": item.due.map(moment),
      "originalEstimate": item.estimate.map { "\"\(period($0))\"" },
      "status": hasStatuses ? JSONText.string(set.statusName(item)) : nil, "assignee": user.map(JSONText.string),
      "customFieldValues": fields.isEmpty ? nil : JSONText.array(fields),
    ])
  }

  private static func field(_ name: String, _ kind: String, _ value: String) -> JSONText {
    JSONText.object([
      "fieldName": JSONText.string(name), "fieldType": "\"com.pyxis.greenhopper.jira:\(kind)\"",
      "value": JSONText.string(value),
    ])
  }
}
