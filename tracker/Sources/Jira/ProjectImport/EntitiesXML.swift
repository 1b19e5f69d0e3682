import Archive
import Backlog
import Diagnostics
import XML

/// The project and its issues as Jira Data Center's project import reads them, inside a backup: an element for each row, its values as
/// attributes, and a value with line breaks as an element of its own (facts jira-import section 6.2). Its form is tracker/schema/entities.rng.
///
/// Experimental, and only asked for by name: Jira takes it only from a site of the very same build, and what it makes of it is not tried.
struct EntitiesXML {
  static let fileName = "jira-project-import.zip"

  private let contents: ExportSet
  private let target: TargetIDs
  private let xml: XMLWriter
  private var nextID = 10_000

  static func write(_ set: ExportSet, to sink: ExportSink) throws(Failure) {
    var entities = EntitiesXML(set: set, target: try TargetIDs(set), xml: try XMLWriter())
    let text = try entities.text()
    try sink(try ZipArchive.bytes([ZipArchive.File(name: "entities.xml", bytes: Array(text.utf8))]))
  }

  private init(set: ExportSet, target: TargetIDs, xml: XMLWriter) {
    contents = set
    self.target = target
    self.xml = xml
  }

  private typealias Values = [(name: String, value: String)]

  private mutating func text() throws(Failure) -> String {
    // The rows are made first: the document is written in one go.
    let rows = rows()
    try xml.element("entity-engine-xml") { () throws(Failure) in
      for (name, values) in rows { try row(name, values) }
    }
    return try xml.finish()
  }

  private func row(_ name: String, _ values: Values) throws(Failure) {
    let values = values.filter { !$0.value.isEmpty }
    let inside = values.filter { value in value.value.utf8.contains { $0 == 10 || $0 == 13 } }
    let attributes = values.filter { value in !inside.contains { $0.name == value.name } }
    try xml.element(name, attributes) { () throws(Failure) in
      for value in inside { try xml.element(value.name) { () throws(Failure) in try xml.text(value.value) } }
    }
  }

  private mutating func id() -> String {
    defer { nextID += 1 }
    return "\(nextID)"
  }

  private mutating func rows() -> [(String, Values)] {
    var rows: [(String, Values)] = []
    let property = id()
    rows.append(
      (
        "OSPropertyEntry",
        [
          ("id", property), ("entityName", "jira.properties"), ("entityId", "1"), ("propertyKey", "jira.version.patched"),
          ("type", "5"),
        ]
      ))
    rows.append(("OSPropertyString", [("id", property), ("value", target.build)]))
    // Jira compares these with its own, by id and by name.
    for (kind, id) in target.kinds.sorted(by: { $0.value < $1.value }) {
      let style = kind == .subtask ? "jira_subtask" : ""
      rows.append(("IssueType", [("id", id), ("name", contents.kindName(kind, on: .datacenter)), ("style", style)]))
    }
    for (name, id) in target.statuses.sorted(by: { $0.key < $1.key }) { rows.append(("Status", [("id", id), ("name", name)])) }
    for name in contents.project.priorities {
      if let id = target.priorities[name] { rows.append(("Priority", [("id", id), ("name", name)])) }
    }
    for (name, id) in links { rows.append(("IssueLinkType", [("id", id), ("linkname", name)])) }
    let project = id()
    rows.append(
      (
        "Project",
        [
          ("id", project), ("key", contents.project.key), ("originalkey", contents.project.key),
          ("name", contents.project.name),
          ("lead", contents.request.ids?.projectLead ?? ""), ("description", contents.project.description),
          ("counter", "\(largest)"),
        ]
      ))
    var components: [String: String] = [:]
    for component in contents.project.components {
      let id = id()
      components[component.name] = id
      rows.append(
        (
          "Component", [("id", id), ("project", project), ("name", component.name), ("description", component.description)]
        ))
    }
    var versions: [String: String] = [:]
    for (place, version) in contents.project.versions.enumerated() {
      let id = id()
      versions[version.name] = id
      rows.append(
        (
          "Version",
          [
            ("id", id), ("project", project), ("name", version.name), ("description", version.description),
            ("sequence", "\(place + 1)"),
            ("released", version.isReleased ? "true" : ""),
            ("releasedate", contents.versionDates[version.name].map(EntitiesXML.moment) ?? ""),
          ]
        ))
    }
    var issues: [ItemID: String] = [:]
    for item in contents.items {
      let id = id()
      issues[item.id] = id
      rows.append(("Issue", issue(item, id, project)))
    }
    for item in contents.items {
      guard let id = issues[item.id] else { continue }
      rows += associations(id, item.components.compactMap { components[$0] }, "Component", "IssueComponent")
      rows += associations(id, item.versions.compactMap { versions[$0] }, "Version", "IssueFixVersion")
      for label in item.labels { rows.append(("Label", [("id", self.id()), ("issue", id), ("label", label)])) }
    }
    for item in contents.items {
      if let type = target.subtasks, item.kind == .subtask, let parent = item.parent {
        rows.append(link(type, parent, item.id, issues))
      }
      if let type = target.blocks { for other in item.blocks { rows.append(link(type, item.id, other, issues)) } }
      if let type = target.relates { for other in item.relates { rows.append(link(type, item.id, other, issues)) } }
    }
    return rows
  }

  /// The greatest number of an issue's key: Jira counts on from there.
  private var largest: Int { contents.items.map(\.id.number).max() ?? 0 }

  private var links: [(String, String)] {
    [
      (contents.project.blocksLink, target.blocks), (contents.project.relatesLink, target.relates),
      (TargetIDs.subtaskLink, target.subtasks),
    ]
    .compactMap { name, id in id.map { (name, $0) } }
  }

  private func issue(_ item: ExportItem, _ id: String, _ project: String) -> Values {
    let created = EntitiesXML.moment(contents.schedule.start)
    let seconds = item.estimate.map { "\($0.seconds)" } ?? ""
    return [
      ("id", id), ("key", "\(contents.project.key)-\(item.id.number)"), ("number", "\(item.id.number)"), ("project", project),
      ("type", target.kinds[item.kind] ?? ""), ("status", target.statuses[contents.statusName(item)] ?? ""),
      ("summary", item.summary),
      ("description", item.wiki), ("priority", target.priorities[item.priority] ?? ""),
      ("assignee", item.assignee?.datacenter ?? ""),
      ("created", created), ("updated", created), ("duedate", item.due.map(EntitiesXML.moment) ?? ""), ("votes", "0"),
      ("timeoriginalestimate", seconds), ("timeestimate", seconds),
    ]
  }

  private func associations(_ issue: String, _ others: [String], _ entity: String, _ kind: String) -> [(String, Values)] {
    others.map { other in
      (
        "NodeAssociation",
        [
          ("sourceNodeId", issue), ("sourceNodeEntity", "Issue"), ("sinkNodeId", other), ("sinkNodeEntity", entity),
          ("associationType", kind),
        ]
      )
    }
  }

  private mutating func link(_ type: String, _ from: ItemID, _ to: ItemID, _ issues: [ItemID: String]) -> (String, Values) {
    ("IssueLink", [("id", id()), ("linktype", type), ("source", issues[from] ?? ""), ("destination", issues[to] ?? "")])
  }

  /// As `java.sql.Timestamp` writes it.
  private static func moment(_ date: CalendarDate) -> String { "\(date) 00:00:00.0" }
}
