import Markdown

/// The inside of a paragraph as nodes of an Atlassian document. Neighbours with the same marks are one text, and a text without
/// characters is none.
struct AtlassianInline {
  private var nodes: [JSONText] = []
  private var pending = ""
  private var pendingMarks = Marks()

  static func json(_ inlines: [MarkdownInline]) -> [JSONText] {
    var writer = AtlassianInline()
    writer.write(inlines, marks: Marks())
    writer.flush()
    return writer.nodes
  }

  static func text(_ text: String) -> JSONText { .object(["type": "\"text\"", "text": .string(text)]) }

  private struct Marks: Equatable {
    var isEmphasised = false
    var isStrong = false
    var isStruck = false
    var isCode = false
    var href: String?

    /// Beside code there is room for a link alone.
    var json: JSONText? {
      var marks: [JSONText] = []
      func mark(_ name: StaticString) { marks.append(JSONText("{\"type\":\"\(name)\"}")) }
      if isCode { mark("code") }
      if isEmphasised, !isCode { mark("em") }
      if isStruck, !isCode { mark("strike") }
      if isStrong, !isCode { mark("strong") }
      if let href { marks.append(.object(["type": "\"link\"", "attrs": .object(["href": .string(href)])])) }
      return marks.isEmpty ? nil : .array(marks)
    }
  }

  private mutating func write(_ inlines: [MarkdownInline], marks: Marks) {
    for inline in inlines {
      var inside = marks
      switch inline {
      case .text(let text): append(text, marks)
      case .html(let html):
        for (number, line) in html.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
          if number > 0 { breakLine() }
          append(String(line), marks)
        }
      case .code(let code):
        inside.isCode = true
        append(code, inside)
      case .emphasis(let inner):
        inside.isEmphasised = true
        write(inner, marks: inside)
      case .strong(let inner):
        inside.isStrong = true
        write(inner, marks: inside)
      case .strike(let inner):
        inside.isStruck = true
        write(inner, marks: inside)
      case .link(let url, let inner), .image(let url, let inner):
        guard LinkScheme.isAllowed(url) else {
          write(LinkScheme.spelledOut(url, inner), marks: marks)
          continue
        }
        inside.href = marks.href ?? url
        write(inner.isEmpty ? [.text(url)] : inner, marks: inside)
      case .softBreak: append(" ", marks)
      case .hardBreak: breakLine()
      }
    }
  }

  private mutating func append(_ text: String, _ marks: Marks) {
    guard !text.isEmpty else { return }
    if marks != pendingMarks { flush() }
    pendingMarks = marks
    pending += text
  }

  private mutating func breakLine() {
    flush()
    nodes.append("{\"type\":\"hardBreak\"}")
  }

  private mutating func flush() {
    guard !pending.isEmpty else { return }
    nodes.append(.object(["type": "\"text\"", "text": .string(pending), "marks": pendingMarks.json]))
    pending = ""
  }
}
