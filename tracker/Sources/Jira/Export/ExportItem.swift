import Backlog

/// An item as every file tells it.
struct ExportItem: Sendable {
  var id: ItemID
  var kind: ItemKind
  var summary: String
  /// What it says at length as wiki markup.
  var wiki: String
  /// The same as HTML.
  var html: String
  /// The same as the JSON of an Atlassian document; nil where only Data Center is exported to.
  var document: String?
  var priority: String
  var labels: [String]
  var components: [String]
  var versions: [String]
  /// The item it lies in; nil on top.
  var parent: ItemID?
  /// The epic it lies in; nil for the epic itself.
  var epic: ItemID?
  var start: CalendarDate?
  var due: CalendarDate?
  var sprint: Schedule.Sprint?
  var estimate: WorkTime?
  var isDelivered: Bool
  /// Items that wait for this one.
  var blocks: [ItemID] = []
  var relates: [ItemID] = []
  var assignee: Project.User?

  /// Its name in files that want a number.
  var number: String { String(id.number) }
}
