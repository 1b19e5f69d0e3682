/// Columns of text, padded to their widest cell, without lines.
struct TextTable {
  private var rows: [[String]]

  init(_ header: [String]) { rows = [header] }

  /// Cells are made safe to print, and stay on their line.
  mutating func add(_ row: [String]) { rows.append(row.map(TerminalText.escaped)) }

  /// - Parameter decorate: changes a cell's look by row (0 is the header) and column; padding is added afterwards.
  func text(decorate: (Int, Int, String) -> String = { $2 }) -> String {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { $0.count > column ? Columns.count($0[column]) : 0 }.max() ?? 0
    }
    return rows.enumerated().map { index, row in
      let cells = row.enumerated().map { column, cell in
        let isLast = column == row.count - 1
        let padding = isLast ? "" : String(repeating: " ", count: widths[column] - Columns.count(cell))
        return decorate(index, column, cell) + padding
      }
      return cells.joined(separator: "  ")
    }.joined(separator: "\n") + "\n"
  }
}
