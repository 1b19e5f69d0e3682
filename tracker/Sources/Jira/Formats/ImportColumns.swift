import Backlog
import Diagnostics
import SpaceModel

/// The columns of an import CSV: header, cells, and what the importer is told to do with them.
struct ImportColumns: Sendable {
  struct Column: Sendable {
    var header: String
    /// How often the header stands: as often as the item with most values needs.
    var width: Int
    /// The mapping in the importer's configuration; nil where only the site's ids would tell, and the column is to be mapped by hand.
    var mapping: [String: JSONValue]?
    /// The item's values; an empty one alone is none.
    var cells: @Sendable (ExportItem) -> [String]
  }

  private(set) var columns: [Column] = []
  private let set: ExportSet
  private let site: JiraSite

  /// `jira.field` of each header that has one (facts jira-import section 2.4); a site may have another name, which `learn` finds.
  static let standardFields: [String: String] = [
    "Summary": "summary", "Issue Type": "issuetype", "Issue Id": "issue-id", "Parent": "parent",
    "Parent Id": "subtask-parent-id", "Description": "description", "Priority": "priority", "Status": "status",
    "Labels": "labels", "Components": "components", "Fix Versions": "fixVersions", "Due Date": "duedate",
    "Original Estimate": "timeoriginalestimate", "Assignee": "assignee",
  ]

  init(_ set: ExportSet, site: JiraSite) {
    self.set = set
    self.site = site
    add("Summary") { [$0.summary] }
    add("Issue Type") { [set.kindName($0.kind, on: site)] }
    switch site {
    case .cloud:
      add("Issue Id") { [$0.number] }
      add("Parent") { [$0.parent.map { String($0.number) } ?? ""] }
    case .datacenter:
      // Both ids set on a sub-task confuse some importers; it needs its own only where something links to it.
      let linked = Set(set.items.flatMap { $0.blocks + $0.relates })
      add("Issue Id") { $0.kind == .subtask && !linked.contains($0.id) ? [""] : [$0.number] }
      add("Parent Id") { [$0.kind == .subtask ? $0.parent.map { String($0.number) } ?? "" : ""] }
      addCustom("Epic Name") { [$0.kind == .epic ? ImportColumns.epicName($0) : ""] }
      addCustom("Epic Link") { item in
        [item.kind.level == 1 ? item.epic.flatMap { set[$0] }.map(ImportColumns.epicName) ?? "" : ""]
      }
    }
    add("Description") { [$0.wiki] }
    add("Priority") { [$0.priority] }
    if let ids = set.request.ids, !ids.statuses.isEmpty { add("Status") { [set.statusName($0)] } }
    add("Labels") { $0.labels }
    add("Components") { $0.components }
    add("Fix Versions") { $0.versions }
    add("Due Date") { [$0.due.map { "\($0) 00:00" } ?? ""] }
    add("Original Estimate") { [$0.estimate.map { String($0.seconds) } ?? ""] }
    if set.items.contains(where: { $0.assignee != nil }) {
      add("Assignee") { [(site == .cloud ? $0.assignee?.cloud : $0.assignee?.datacenter) ?? ""] }
    }
    if let ids = set.request.ids, !ids.sprints.isEmpty {
      addCustom("Sprint") { item in [item.sprint.flatMap { item.kind == .epic ? nil : ids.sprints[String($0.number)] } ?? ""] }
    }
    addLinks(set.project.blocksLink) { $0.blocks }
    addLinks(set.project.relatesLink) { $0.relates }
  }

  /// Unique among the backlog's epics, because its number is part of it.
  static func epicName(_ item: ExportItem) -> String { "\(item.id) \(item.summary)" }

  /// The header of a link column. Jira's own quotes in it upset some readers.
  static func linkHeader(_ name: String) -> String { "Link \(name.lowercased())" }

  private mutating func add(_ header: String, _ cells: @escaping @Sendable (ExportItem) -> [String]) {
    let field = set.request.ids?.fields[header] ?? ImportColumns.standardFields[header] ?? header
    append(header, ["jira.field": .string(field)], cells)
  }

  private mutating func addCustom(_ header: String, _ cells: @escaping @Sendable (ExportItem) -> [String]) {
    let id = set.request.ids?.customFields[header]
    append(header, id.map { ["existing.custom.field": .string($0)] }, cells)
  }

  private mutating func addLinks(_ name: String, _ ids: @escaping @Sendable (ExportItem) -> [ItemID]) {
    let id = set.request.ids?.linkTypes[name]
    append(ImportColumns.linkHeader(name), id.map { ["link.type": .string($0)] }) { ids($0).map { String($0.number) } }
  }

  /// A column that no item has anything in would be offered for mapping all the same, so it is left out.
  private mutating func append(
    _ header: String, _ mapping: [String: JSONValue]?, _ cells: @escaping @Sendable (ExportItem) -> [String]
  ) {
    let width = set.items.reduce(0) { widest, item in
      let values = cells(item)
      return max(widest, values == [""] ? 0 : values.count)
    }
    if width > 0 { columns.append(Column(header: header, width: width, mapping: mapping, cells: cells)) }
  }

  /// The file: a header, then a row for each item, all of the same number of cells.
  func write(_ flavour: CSVFlavour, to sink: ExportSink) throws(Failure) {
    try sink(CSVText.row(columns.flatMap { [String](repeating: $0.header, count: $0.width) }, flavour))
    try set.items.write(to: sink) { _, item in
      var row: [String] = []
      for column in columns {
        let cells = column.cells(item)
        row += cells
        row += repeatElement("", count: column.width - cells.count)
      }
      return CSVText.row(row, flavour)
    }
  }

  /// Headers that the importer is told nothing about.
  var unmapped: [String] { columns.filter { $0.mapping == nil }.map(\.header) }

  /// The configuration that the wizard takes on its first page (facts jira-import section 4): every scalar a string.
  var configuration: JSONValue {
    var mappings: [String: JSONValue] = [:]
    for column in columns { if let mapping = column.mapping { mappings[column.header] = .object(mapping) } }
    var values: [String: JSONValue] = [:]
    if let ids = set.request.ids, !ids.statuses.isEmpty, let status = mappings["Status"]?.objectValue {
      values["Status"] = .object(ids.statuses.mapValues(JSONValue.string))
      mappings["Status"] = .object(status.merging(["manualMapping": "true"]) { first, _ in first })
    }
    return [
      "config.version": "2.0", "config.project.from.csv": "false", "config.encoding": "UTF-8", "config.email.suffix": "@",
      "config.delimiter": ",", "config.date.format": "yyyy-MM-dd HH:mm", "config.field.mappings": .object(mappings),
      "config.value.mappings": .object(values),
      "config.project": [
        "project.type": .null, "project.key": .string(set.project.key), "project.name": .string(set.project.name),
        "project.description": .null, "project.url": .null,
        "project.lead": set.request.ids?.projectLead.map(JSONValue.string) ?? .null,
      ],
    ]
  }
}
