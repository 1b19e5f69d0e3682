import Backlog
import Markdown
import Parallel

/// The items that are exported, in the order Jira wants them, and what all files share.
final class ExportSet: Sendable {
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
    let ids = chosen.map { backlog.items[$0].id.value }
    let places = Dictionary(ids.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var links = [ExportItem.Links](repeating: ExportItem.Links(), count: chosen.count)
    for (place, index) in chosen.enumerated() {
      let source = backlog.items[index]
      for blocker in source.blockedBy where isChosen.contains(blocker.value) {
        guard let other = places[blocker.value], !links[other].blocks.contains(source.id.value) else { continue }
        links[other].blocks.append(source.id.value)
      }
      // A loose link is the same from both ends, and is made once.
      for other in source.relates where isChosen.contains(other.value) && !links[place].relates.contains(other.value) {
        if let otherPlace = places[other.value], links[otherPlace].relates.contains(source.id.value) { continue }
        links[place].relates.append(other.value)
      }
    }
    let isForCloud = request.sites.contains(.cloud)
    let linked = links
    items = Array(chosen.enumerated()).concurrentMap(stretch: 64) { place, index in
      let document = ItemText.document(of: backlog.items[index])
      let texts = ExportItem.Texts(
        wiki: WikiMarkup.text(document), html: MarkdownHTML.text(document),
        document: isForCloud ? AtlassianDocument.json(document) : nil)
      return ExportItem(index, in: backlog, schedule, texts: texts, links: linked[place])
    }
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
}
