import Backlog

/// An item as every file tells it. A class, because it is handed to every file and has too many parts to be copied each time.
final class ExportItem: Sendable {
  let id: ItemID
  let kind: ItemKind
  let summary: String
  /// What it says at length as wiki markup.
  let wiki: String
  /// The same as HTML.
  let html: String
  /// The same as the JSON of an Atlassian document; nil where only Data Center is exported to.
  let document: JSONText?
  let priority: String
  let labels: [String]
  let components: [String]
  let versions: [String]
  /// The item it lies in; nil on top.
  let parent: ItemID?
  /// The epic it lies in; nil for the epic itself.
  let epic: ItemID?
  let start: CalendarDate?
  let due: CalendarDate?
  let sprint: Schedule.Sprint?
  let estimate: WorkTime?
  let isDelivered: Bool
  /// Items that wait for this one.
  let blocks: [ItemID]
  let relates: [ItemID]
  let assignee: Project.User?

  /// What several files hold, as JSON.
  let summaryJSON: JSONText
  let wikiJSON: JSONText?
  let labelsJSON: JSONText

  /// What it says at length, in every form.
  struct Texts: Sendable {
    var wiki: String
    var html: String
    var document: JSONText?
  }

  /// Ids of the items it is linked to.
  struct Links: Sendable {
    var blocks: [ItemID] = []
    var relates: [ItemID] = []
  }

  init(_ index: Int, in backlog: Backlog, _ schedule: Schedule, texts: Texts, links: Links) {
    let source = backlog.items[index]
    let entry = schedule.entries[index]
    id = source.id.value
    kind = source.kind
    summary = source.summary.value
    wiki = texts.wiki
    html = texts.html
    document = texts.document
    priority = backlog.priority(of: index)
    components = backlog.inherited(\.components, of: index)
    versions = backlog.inherited(\.versions, of: index)
    parent = source.parent.map { backlog.items[$0].id.value }
    let epic = backlog.epic(of: index).map { backlog.items[$0].id.value }
    self.epic = epic == source.id.value ? nil : epic
    start = entry?.start
    due = source.due?.value ?? entry?.end
    sprint = entry.map { schedule.sprints[$0.sprint - 1] }
    // Of an item with parts the parts have the work; Jira would count it twice.
    estimate = source.children.isEmpty ? source.estimate?.value : nil
    isDelivered = backlog.isDone(index)
    blocks = links.blocks
    relates = links.relates
    assignee = source.assignee.flatMap { backlog.project.users[$0.value] }
    var labels = [source.id.value.label]
    if isDelivered { labels.append("delivered") }
    // An epic runs through many sprints.
    if source.kind != .epic, let sprint { labels.append(sprint.label) }
    if let risk = source.risk?.value { labels.append("risk-\(risk.rawValue)") }
    for label in source.labels.map(\.value) where !labels.contains(label) { labels.append(label) }
    self.labels = labels
    summaryJSON = JSONText.string(summary)
    wikiJSON = wiki.isEmpty ? nil : JSONText.string(wiki)
    labelsJSON = JSONText.strings(labels)
  }

  /// Its name in files that want a number.
  var number: String { String(id.number) }
}
