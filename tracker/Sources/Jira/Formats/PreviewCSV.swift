/// What a spreadsheet may open: a cell that it would take for a formula begins with an apostrophe (facts jira-import section 2.8).
/// Jira would import the apostrophe, and so the file's name says what it is not.
enum PreviewCSV {
  static let name = "preview-for-spreadsheets-not-for-import.csv"

  static func text(_ set: ExportSet) -> [UInt8] {
    var text = CSVText(.strict)
    text.append(row: [
      "Id", "Type", "Summary", "Parent", "Priority", "Labels", "Components", "Versions", "Start", "Due", "Estimate hours",
      "Blocks", "Description",
    ])
    for item in set.items {
      let cells = [
        item.id.description, item.kind.rawValue, item.summary, item.parent?.description ?? "", item.priority,
        item.labels.joined(separator: " "), item.components.joined(separator: ", "), item.versions.joined(separator: ", "),
        item.start?.description ?? "", item.due?.description ?? "",
        item.estimate.map { "\($0.minutes / 60).\($0.minutes % 60 * 10 / 60)" } ?? "",
        item.blocks.map(\.description).joined(separator: " "), item.wiki,
      ]
      text.append(row: cells.map(safe))
    }
    return text.bytes
  }

  private static func safe(_ cell: String) -> String {
    guard let first = cell.unicodeScalars.first, ["=", "+", "-", "@", "\t", "\r"].contains(first) else { return cell }
    return "'" + cell
  }
}
