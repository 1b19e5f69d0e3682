/// How a CSV file writes backslashes (facts jira-import section 2.2).
enum CSVFlavour: Hashable, Sendable {
  /// RFC 4180, as strict readers have it. A cell that ends in a backslash gets a space behind it, which Jira strips: a reader for
  /// which the backslash escapes would swallow the next row.
  case strict
  /// For readers to which a backslash is an escape character, as it is to Jira's older importer: every one is doubled.
  case escaped
}

/// Rows of cells as text: every cell that holds something in quotes, quotes doubled, rows ended by CR LF.
struct CSVText {
  let flavour: CSVFlavour
  private(set) var bytes: [UInt8] = []

  init(_ flavour: CSVFlavour) { self.flavour = flavour }

  /// One row.
  static func row(_ cells: [String], _ flavour: CSVFlavour) -> [UInt8] {
    var text = CSVText(flavour)
    text.append(row: cells)
    return text.bytes
  }

  mutating func append(row: [String]) {
    for (index, cell) in row.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      if !cell.isEmpty { append(cell: cell) }
    }
    bytes += [13, 10]
  }

  private mutating func append(cell: String) {
    let quote = UInt8(ascii: "\"")
    let backslash = UInt8(ascii: "\\")
    bytes.append(quote)
    for byte in cell.utf8 {
      if byte == quote || (byte == backslash && flavour == .escaped) { bytes.append(byte) }
      bytes.append(byte)
    }
    if flavour == .strict, cell.utf8.last == backslash { bytes.append(UInt8(ascii: " ")) }
    bytes.append(quote)
  }
}
