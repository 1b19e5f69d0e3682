import Markdown
import SpaceModel

/// Markdown as the Atlassian Document Format of Jira Cloud's REST API v3 (facts jira-import section 7).
///
/// Every node may hold only what its kind allows: a list's item begins with a paragraph or code, code has no marks but a link, a
/// quotation holds no heading.
public struct AtlassianDocument {
  private var tasks = 0

  public static func value(_ document: MarkdownDocument) -> JSONValue {
    var writer = AtlassianDocument()
    let content = writer.blocks(document.blocks, in: .document)
    return ["type": "doc", "version": 1, "content": .array(content)]
  }

  private enum Place { case document, quote, item, cell }

  private mutating func blocks(_ blocks: [MarkdownBlock], in place: Place) -> [JSONValue] {
    var content: [JSONValue] = []
    for block in blocks { content += nodes(block, in: place) }
    return content
  }

  private mutating func nodes(_ block: MarkdownBlock, in place: Place) -> [JSONValue] {
    switch block {
    case .heading(let level, let inlines):
      guard place == .document || place == .cell else { return [paragraph([.strong(inlines)])] }
      return [["type": "heading", "attrs": ["level": .int(level)], "content": .array(self.inlines(inlines))]]
    case .paragraph(let inlines): return [paragraph(inlines)]
    case .list(let start, let items): return [list(start: start, items, in: place)]
    case .quote(let inner):
      guard place == .document else { return blocks(inner, in: place) }
      let content = blocks(inner, in: .quote)
      return content.isEmpty ? [] : [["type": "blockquote", "content": .array(content)]]
    case .code(let language, let text):
      var node: [String: JSONValue] = ["type": "codeBlock"]
      if let language { node["attrs"] = ["language": .string(language)] }
      if !text.isEmpty { node["content"] = [["type": "text", "text": .string(text)]] }
      return [.object(node)]
    case .table(let header, let rows):
      guard place == .document else {
        return ([header] + rows).map { row in paragraph(Array(row.joined(separator: [.text(" | ")]))) }
      }
      let lines = [row(header, "tableHeader")] + rows.map { row($0, "tableCell") }
      return [["type": "table", "content": .array(lines)]]
    case .rule: return place == .document ? [["type": "rule"]] : []
    case .html(let html): return [paragraph([.html(html)])]
    }
  }

  private func paragraph(_ inlines: [MarkdownInline]) -> JSONValue {
    let content = self.inlines(inlines)
    return content.isEmpty ? ["type": "paragraph"] : ["type": "paragraph", "content": .array(content)]
  }

  private func row(_ cells: [[MarkdownInline]], _ kind: String) -> JSONValue {
    ["type": "tableRow", "content": .array(cells.map { ["type": .string(kind), "content": [paragraph($0)]] })]
  }

  private mutating func list(start: Int?, _ items: [MarkdownListItem], in place: Place) -> JSONValue {
    if place == .document, start == nil, items.allSatisfy({ $0.isChecked != nil && $0.blocks.count == 1 }),
      let tasks = taskList(items)
    {
      return tasks
    }
    let content = items.map { item -> JSONValue in
      var nodes = blocks(item.blocks, in: .item)
      if let isChecked = item.isChecked {
        let box: JSONValue = ["type": "text", "text": .string(isChecked ? "☑ " : "☐ ")]
        if let first = nodes.first, first["type"] == "paragraph" {
          nodes[0] = ["type": "paragraph", "content": .array([box] + (first["content"]?.arrayValue ?? []))]
        } else {
          nodes.insert(["type": "paragraph", "content": [box]], at: 0)
        }
      }
      let first = nodes.first?["type"]?.stringValue
      if first != "paragraph", first != "codeBlock" { nodes.insert(["type": "paragraph"], at: 0) }
      return ["type": "listItem", "content": .array(nodes)]
    }
    guard let start else { return ["type": "bulletList", "content": .array(content)] }
    return ["type": "orderedList", "attrs": ["order": .int(start)], "content": .array(content)]
  }

  /// A list of boxes; nil where one of them holds more than a line.
  private mutating func taskList(_ items: [MarkdownListItem]) -> JSONValue? {
    var content: [JSONValue] = []
    let first = tasks
    for item in items {
      guard case .paragraph(let inlines)? = item.blocks.first else {
        tasks = first
        return nil
      }
      tasks += 1
      content.append([
        "type": "taskItem", "attrs": ["localId": .string("task-\(tasks)"), "state": item.isChecked == true ? "DONE" : "TODO"],
        "content": .array(self.inlines(inlines)),
      ])
    }
    return ["type": "taskList", "attrs": ["localId": .string("tasks-\(first + 1)")], "content": .array(content)]
  }

  // MARK: Inside a paragraph

  private func inlines(_ inlines: [MarkdownInline]) -> [JSONValue] {
    var nodes: [JSONValue] = []
    write(inlines, marks: Marks(), to: &nodes)
    return nodes
  }

  private struct Marks {
    var names: Set<String> = []
    var href: String?
    var isCode = false

    var value: [JSONValue] {
      var marks: [JSONValue] = []
      if isCode { marks.append(["type": "code"]) } else { marks += names.sorted().map { ["type": .string($0)] } }
      if let href { marks.append(["type": "link", "attrs": ["href": .string(href)]]) }
      return marks
    }

    func adding(_ name: String) -> Marks {
      var marks = self
      marks.names.insert(name)
      return marks
    }
  }

  private func write(_ inlines: [MarkdownInline], marks: Marks, to nodes: inout [JSONValue]) {
    for inline in inlines {
      switch inline {
      case .text(let text): append(text, marks, to: &nodes)
      case .html(let text):
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
          if number > 0 { nodes.append(["type": "hardBreak"]) }
          append(String(line), marks, to: &nodes)
        }
      case .code(let code):
        var inside = marks
        inside.isCode = true
        append(code, inside, to: &nodes)
      case .emphasis(let inner): write(inner, marks: marks.adding("em"), to: &nodes)
      case .strong(let inner): write(inner, marks: marks.adding("strong"), to: &nodes)
      case .strike(let inner): write(inner, marks: marks.adding("strike"), to: &nodes)
      case .link(let url, let inner), .image(let url, let inner):
        guard LinkScheme.isAllowed(url) else {
          write(LinkScheme.spelledOut(url, inner), marks: marks, to: &nodes)
          continue
        }
        var inside = marks
        inside.href = marks.href ?? url
        write(inner.isEmpty ? [.text(url)] : inner, marks: inside, to: &nodes)
      case .softBreak: append(" ", marks, to: &nodes)
      case .hardBreak: nodes.append(["type": "hardBreak"])
      }
    }
  }

  /// A text without characters is no node.
  private func append(_ text: String, _ marks: Marks, to nodes: inout [JSONValue]) {
    guard !text.isEmpty else { return }
    let value = marks.value
    // Neighbours with the same marks are one text.
    if let last = nodes.last, last["type"] == "text", (last["marks"]?.arrayValue ?? []) == value,
      let before = last["text"]?.stringValue
    {
      nodes[nodes.count - 1] = AtlassianDocument.node(before + text, value)
    } else {
      nodes.append(AtlassianDocument.node(text, value))
    }
  }

  private static func node(_ text: String, _ marks: [JSONValue]) -> JSONValue {
    marks.isEmpty
      ? ["type": "text", "text": .string(text)] : ["type": "text", "text": .string(text), "marks": .array(marks)]
  }
}
