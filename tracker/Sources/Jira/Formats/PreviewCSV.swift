import Diagnostics

/// What a spreadsheet may open: a cell that it would take for a formula begins with an apostrophe (facts jira-import section 2.8).
/// Jira would import the apostrophe, and so the file's name says what it is not.
enum PreviewCSV {
  static let name = "preview-for-spreadsheets-not-for-import.csv"

  static func write(_ set: ExportSet, to sink: ExportSink) throws(Failure) {
    let header = [
      "Id", "Type", "Summary", "Parent", "Priority", "Labels", "Components", "Versions", "Start", "Due", "Estimate hours",
      "Blocks", "Description",
    ]
    try sink(CSVText.row(header, .strict))
    try set.items.write(to: sink) { _, item in
      let cells = [
        item.id.description, item.kind.rawValue, item.summary, item.parent?.description ?? "", item.priority,
        item.labels.joined(separator: " "), item.components.joined(separator: ", "), item.versions.joined(separator: ", "),
        item.start?.description ?? "", item.due?.description ?? "",
        item.estimate.map { "\($0.minutes / 60).\($0.minutes % 60 * 10 / 60)" } ?? "",
        item.blocks.map(\.description).joined(separator: " "), item.wiki,
      ]
      return CSVText.row(cells.map(safe), .strict)
    }
  }

  private static func safe(_ cell: String) -> String {
    guard let first = cell.unicodeScalars.first, ["=", "+", "-", "@", "\t", "\r"].contains(first) else { return cell }
    return "'" + cell
  }
}
