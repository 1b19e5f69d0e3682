import Diagnostics
import YAML

/// Reads the items of one file, depth first.
struct ItemReader {
  let file: String
  let fileIndex: Int
  let hoursPerDay: Int
  private(set) var items: [Item] = []
  private(set) var findings: [Finding] = []

  static let keys = [
    "id", "type", "summary", "description", "acceptance", "estimate", "role", "priority", "components", "versions", "labels",
    "risk", "status", "proof", "blocked_by", "relates", "not_before", "due", "assignee", "children",
  ]

  init(file: String, fileIndex: Int, hoursPerDay: Int) {
    self.file = file
    self.fileIndex = fileIndex
    self.hoursPerDay = hoursPerDay
  }

  /// - Parameter offset: how many items other files gave before.
  mutating func read(_ root: YAMLNode, offset: Int) {
    let document = NodeReader(root, file: file, what: "a backlog file", known: ["version", "items"], findings: &findings)
    guard root.entries != nil else { return }
    FormatVersion.check(document, &findings)
    if !document.has("items") { document.missing("items", &findings) }
    for node in document.elements("items", &findings) { _ = item(node, parent: nil, offset: offset) }
  }

  /// The item's place in the whole backlog; nil when it is too broken to stand there.
  private mutating func item(_ node: YAMLNode, parent: Int?, offset: Int) -> Int? {
    let reader = NodeReader(node, file: file, what: "an item", known: ItemReader.keys, findings: &findings)
    guard node.entries != nil else { return nil }
    if !reader.has("id") { reader.missing("id", &findings) }
    let id = reader.parsed("id", as: "capital letters, a dash and a number, as PB-0101", &findings) { ItemID($0) }
    if !reader.has("type") { reader.missing("type", &findings) }
    let kinds = ItemKind.allCases.map(\.rawValue)
    let kind = reader.parsed("type", as: "one of \(kinds.joined(separator: ", "))", &findings) { ItemKind(rawValue: $0) }
    let summary = reader.text("summary", isRequired: true, &findings)
    guard let id, let kind, let summary else {
      for child in reader.elements("children", &findings) { _ = item(child, parent: nil, offset: offset) }
      return nil
    }
    var item = Item(id: id, kind: kind.value, summary: summary, file: fileIndex)
    item.parent = parent
    item.description = reader.text("description", &findings)
    item.acceptance = reader.text("acceptance", &findings)
    item.estimate = reader.parsed("estimate", as: "time of work, as 3d, 6h or 1d 4h", &findings) {
      WorkTime($0, hoursPerDay: hoursPerDay)
    }
    item.role = reader.text("role", &findings)
    item.priority = reader.text("priority", &findings)
    item.components = reader.texts("components", &findings)
    item.versions = reader.texts("versions", &findings)
    item.labels = reader.texts("labels", &findings)
    item.risk = reader.parsed("risk", as: "low, medium or high", &findings) { Risk(rawValue: $0) }
    item.status = reader.parsed("status", as: "open or done", &findings) { ItemStatus(rawValue: $0) }
    item.proof = proof(reader)
    item.blockedBy = references("blocked_by", reader)
    item.relates = references("relates", reader)
    item.notBefore = reader.parsed("not_before", as: "a date, as 2027-01-11", &findings) { CalendarDate($0) }
    item.due = reader.parsed("due", as: "a date, as 2027-01-11", &findings) { CalendarDate($0) }
    item.assignee = reader.text("assignee", &findings)
    let place = offset + items.count
    items.append(item)
    var children: [Int] = []
    for child in reader.elements("children", &findings) {
      if let child = self.item(child, parent: place, offset: offset) { children.append(child) }
    }
    items[place - offset].children = children
    return place
  }

  private mutating func references(_ key: String, _ reader: NodeReader) -> [Placed<ItemID>] {
    reader.texts(key, &findings).compactMap { text in
      guard let id = ItemID(text.value) else {
        findings.append(
          .backlog(
            .badValue, "`\(text.value)` is not an id", help: "Write ids as PB-0101.", text.span(in: file)))
        return nil
      }
      return text.with(id)
    }
  }

  private mutating func proof(_ reader: NodeReader) -> Placed<Proof>? {
    guard let node = reader.entry("proof")?.value else { return nil }
    let members = NodeReader(node, file: file, what: "a proof", known: ["file", "test"], findings: &findings)
    guard node.entries != nil, let path = members.text("file", isRequired: true, &findings),
      let test = members.text("test", isRequired: true, &findings)
    else { return nil }
    return Placed(Proof(file: path.value, test: test.value), start: path.start, end: path.end)
  }
}

/// `version: 1`, the first key of every file.
enum FormatVersion {
  static func check(_ reader: NodeReader, _ findings: inout [Finding]) {
    guard let value = reader.entry("version")?.value else { return reader.missing("version", &findings) }
    guard value.scalar?.value != .int(1) else { return }
    findings.append(
      .backlog(
        .badValue, "the format version is 1", help: "Write `version: 1`.", value.span(in: reader.file)))
  }
}
