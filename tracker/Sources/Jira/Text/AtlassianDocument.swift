import Markdown

/// Markdown as the Atlassian Document Format of Jira Cloud's REST API v3 (facts jira-import section 7).
///
/// Every node may hold only what its kind allows: a list's item begins with a paragraph or code, code has no marks but a link, a
/// quotation holds no heading.
struct AtlassianDocument {
  private var tasks = 0

  static func json(_ document: MarkdownDocument) -> JSONText {
    var writer = AtlassianDocument()
    let content = writer.blocks(document.blocks, in: .document)
    return .object(["type": "\"doc\"", "version": "1", "content": .array(content.map(\.json))])
  }

  private enum Place { case document, quote, item, cell }

  /// A block, and its kind, which decides where it may stand.
  private struct Node {
    var kind: String
    var json: JSONText
  }

  private func node(_ kind: String, attributes: JSONText? = nil, content: [JSONText]? = nil) -> Node {
    Node(
      kind: kind,
      json: .object(["type": JSONText("\"\(kind)\""), "attrs": attributes, "content": content.map(JSONText.array)]))
  }

  private mutating func blocks(_ blocks: [MarkdownBlock], in place: Place) -> [Node] {
    var content: [Node] = []
    for block in blocks { content += nodes(block, in: place) }
    return content
  }

  private mutating func nodes(_ block: MarkdownBlock, in place: Place) -> [Node] {
    switch block {
    case .heading(let level, let inlines):
      guard place == .document || place == .cell else { return [paragraph([.strong(inlines)])] }
      let attributes = JSONText.object(["level": JSONText("\(level)")])
      return [node("heading", attributes: attributes, content: AtlassianInline.json(inlines))]
    case .paragraph(let inlines): return [paragraph(inlines)]
    case .list(let start, let items): return [list(start: start, items, in: place)]
    case .quote(let inner):
      guard place == .document else { return blocks(inner, in: place) }
      let content = blocks(inner, in: .quote)
      return content.isEmpty ? [] : [node("blockquote", content: content.map(\.json))]
    case .code(let language, let text):
      let attributes = language.map { JSONText.object(["language": .string($0)]) }
      return [node("codeBlock", attributes: attributes, content: text.isEmpty ? nil : [AtlassianInline.text(text)])]
    case .table(let header, let rows):
      guard place == .document else {
        return ([header] + rows).map { row in paragraph(Array(row.joined(separator: [.text(" | ")]))) }
      }
      let lines = [row(header, "tableHeader")] + rows.map { row($0, "tableCell") }
      return [node("table", content: lines)]
    case .rule: return place == .document ? [node("rule")] : []
    case .html(let html): return [paragraph([.html(html)])]
    }
  }

  private func paragraph(_ inlines: [MarkdownInline], box: String = "") -> Node {
    let content = (box.isEmpty ? [] : [AtlassianInline.text(box)]) + AtlassianInline.json(inlines)
    return node("paragraph", content: content.isEmpty ? nil : content)
  }

  private func row(_ cells: [[MarkdownInline]], _ kind: String) -> JSONText {
    node("tableRow", content: cells.map { node(kind, content: [paragraph($0).json]).json }).json
  }

  private mutating func list(start: Int?, _ items: [MarkdownListItem], in place: Place) -> Node {
    if place == .document, start == nil, let tasks = taskList(items) { return tasks }
    let content = items.map { item -> JSONText in
      var rest = item.blocks
      var nodes: [Node] = []
      if let isChecked = item.isChecked {
        let box = isChecked ? "☑ " : "☐ "
        if case .paragraph(let inlines)? = rest.first {
          rest.removeFirst()
          nodes.append(paragraph(inlines, box: box))
        } else {
          nodes.append(paragraph([], box: box))
        }
      }
      nodes += blocks(rest, in: .item)
      if nodes.first?.kind != "paragraph", nodes.first?.kind != "codeBlock" { nodes.insert(paragraph([]), at: 0) }
      return node("listItem", content: nodes.map(\.json)).json
    }
    guard let start else { return node("bulletList", content: content) }
    return node("orderedList", attributes: .object(["order": JSONText("\(start)")]), content: content)
  }

  /// A list of boxes; nil where one item is no task, or holds more than a line.
  private mutating func taskList(_ items: [MarkdownListItem]) -> Node? {
    var lines: [(isChecked: Bool, inlines: [MarkdownInline])] = []
    for item in items {
      guard let isChecked = item.isChecked, item.blocks.count == 1, case .paragraph(let inlines) = item.blocks[0] else {
        return nil
      }
      lines.append((isChecked, inlines))
    }
    let first = tasks
    let content = lines.map { line -> JSONText in
      tasks += 1
      let attributes = JSONText.object([
        "localId": JSONText("\"task-\(tasks)\""), "state": line.isChecked ? "\"DONE\"" : "\"TODO\"",
      ])
      return node("taskItem", attributes: attributes, content: AtlassianInline.json(line.inlines)).json
    }
    return node("taskList", attributes: .object(["localId": JSONText("\"tasks-\(first + 1)\"")]), content: content)
  }
}
