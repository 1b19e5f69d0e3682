import Backlog

/// Files for the wizard that everybody may use: at most 250 rows each, flat, without sub-task types, links and ids. What an item lies
/// in is said in its description and by a label (facts jira-import section 1, route B).
enum BasicCSV {
  static let mostRows = 250

  static func files(_ set: ExportSet, site: JiraSite) -> [(name: String, bytes: [UInt8])] {
    let labels = set.items.map { BasicCSV.labels(of: $0) }
    let labelWidth = labels.map(\.count).max() ?? 0
    let starts = Array(stride(from: 0, to: set.items.count, by: mostRows))
    let digits = max(2, String(starts.count).count)
    return starts.enumerated().map { number, start in
      var text = CSVText(.escaped)
      text.append(
        row: ["Summary", "Issue Type", "Description", "Priority"] + [String](repeating: "Labels", count: labelWidth)
          + ["Due Date", "Original Estimate"])
      for place in start..<min(start + mostRows, set.items.count) {
        let item = set.items[place]
        // A sub-task without a parent is refused, and there is no column for one.
        let kind = set.kindName(item.kind == .subtask ? .task : item.kind, on: site)
        let padding = [String](repeating: "", count: labelWidth - labels[place].count)
        text.append(
          row: [item.summary, kind, description(of: item, in: set), item.priority] + labels[place] + padding
            + [item.due.map { "\($0) 00:00" } ?? "", item.estimate.map { String($0.seconds) } ?? ""])
      }
      let suffix = String(number + 1)
      let name = String(repeating: "0", count: digits - suffix.count) + suffix
      return ("jira-basic-\(name).csv", text.bytes)
    }
  }

  private static func labels(of item: ExportItem) -> [String] {
    item.labels + (item.parent.map { ["in-\($0.label)"] } ?? [])
  }

  private static func description(of item: ExportItem, in set: ExportSet) -> String {
    guard let parent = item.parent.flatMap({ set[$0] }) else { return item.wiki }
    let title = WikiMarkup.text(.init([.paragraph([.text("Part of \(parent.id) \(parent.summary)")])]))
    return item.wiki.isEmpty ? title : "\(title)\n\n\(item.wiki)"
  }
}
