import Backlog
import Markdown
import Parallel

/// The items that are exported, in the order Jira wants them, and what all files share.
struct ExportSet: Sendable {
  let project: Project
  let request: ExportRequest
  let items: [ExportItem]
  let schedule: Schedule
  /// The last planned day of each version.
  let versionDates: [String: CalendarDate]
  let places: [ItemID: Int]

  init(_ backlog: Backlog, _ schedule: Schedule, _ request: ExportRequest) {
    project = backlog.project
    self.request = request
    self.schedule = schedule
    let chosen = backlog.importOrder.filter { !request.onlyOpen || !backlog.isDone($0) }
    let isChosen = Set(chosen.map { backlog.items[$0].id.value })
    var items = chosen.concurrentMap(stretch: 64) { ExportSet.item($0, in: backlog, schedule, request) }
    let places = Dictionary(items.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    for index in chosen {
      let source = backlog.items[index]
      for blocker in source.blockedBy where isChosen.contains(blocker.value) {
        if let place = places[blocker.value], !items[place].blocks.contains(source.id.value) {
          items[place].blocks.append(source.id.value)
        }
      }
      guard let place = places[source.id.value] else { continue }
      // A loose link is the same from both ends, and is made once.
      for other in source.relates where isChosen.contains(other.value) && !items[place].relates.contains(other.value) {
        if let otherPlace = places[other.value], items[otherPlace].relates.contains(source.id.value) { continue }
        items[place].relates.append(other.value)
      }
    }
    self.items = items
    self.places = places
    var dates: [String: CalendarDate] = [:]
    for item in items {
      guard let due = item.due else { continue }
      for version in item.versions { dates[version] = max(dates[version] ?? due, due) }
    }
    versionDates = dates
  }

  subscript(id: ItemID) -> ExportItem? { places[id].map { items[$0] } }

  func kindName(_ kind: ItemKind, on site: JiraSite) -> String {
    guard let names = project.kindNames[kind] else { return kind.rawValue }
    return site == .cloud ? names.cloud : names.datacenter
  }

  func statusName(_ item: ExportItem) -> String { (item.isDelivered ? project.workflow.final : project.workflow.initial).name }

  private static func item(
    _ index: Int, in backlog: Backlog, _ schedule: Schedule, _ request: ExportRequest
  ) -> ExportItem {
    let source = backlog.items[index]
    let entry = schedule.entries[index]
    let isDelivered = backlog.isDone(index)
    let document = ItemText.document(of: source)
    let sprint = entry.map { schedule.sprints[$0.sprint - 1] }
    var labels = [source.id.value.label]
    if isDelivered { labels.append("delivered") }
    // An epic runs through many sprints.
    if source.kind != .epic, let sprint { labels.append(sprint.label) }
    if let risk = source.risk?.value { labels.append("risk-\(risk.rawValue)") }
    labels += source.labels.map(\.value).filter { !labels.contains($0) }
    let epic = backlog.epic(of: index).map { backlog.items[$0].id.value }
    return ExportItem(
      id: source.id.value, kind: source.kind, summary: source.summary.value,
      wiki: WikiMarkup.text(document), html: MarkdownHTML.text(document),
      document: request.sites.contains(.cloud) ? AtlassianDocument.value(document).canonicalText : nil, priority: backlog.priority(of: index), labels: labels,
      components: backlog.inherited(\.components, of: index), versions: backlog.inherited(\.versions, of: index),
      parent: source.parent.map { backlog.items[$0].id.value }, epic: epic == source.id.value ? nil : epic, start: entry?.start,
      due: source.due?.value ?? entry?.end, sprint: sprint,
      // Of an item with parts the parts have the work; Jira would count it twice.
      estimate: source.children.isEmpty ? source.estimate?.value : nil, isDelivered: isDelivered,
      assignee: source.assignee.flatMap { backlog.project.users[$0.value] })
  }
}
