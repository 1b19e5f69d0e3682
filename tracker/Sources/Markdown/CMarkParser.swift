import CLibCMark

/// cmark-gfm's tree turned into values.
enum CMarkParser {
  /// Levels of nesting that are followed; what lies deeper becomes its plain text.
  private static let deepest = 100

  static func blocks(of text: String) -> [MarkdownBlock] {
    _ = isRegistered
    guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE) else { return [] }
    defer { cmark_parser_free(parser) }
    for name in ["table", "strikethrough", "autolink", "tasklist"] {
      if let found = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, found) }
    }
    var text = text
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
    }
    guard let root = cmark_parser_finish(parser) else { return [] }
    defer { cmark_node_free(root) }
    return blocks(in: root, depth: 0)
  }

  private static let isRegistered: Bool = {
    cmark_gfm_core_extensions_ensure_registered()
    return true
  }()

  private typealias Node = OpaquePointer

  private static func children(of node: Node) -> [Node] {
    var children: [Node] = []
    var next = cmark_node_first_child(node)
    while let child = next {
      children.append(child)
      next = cmark_node_next(child)
    }
    return children
  }

  private static func blocks(in node: Node, depth: Int) -> [MarkdownBlock] {
    children(of: node).compactMap { block($0, depth: depth + 1) }
  }

  private static func block(_ node: Node, depth: Int) -> MarkdownBlock? {
    guard depth < deepest else { return .paragraph([.text(plainText(of: node))]) }
    switch kind(node) {
    case "heading": return .heading(level: Int(cmark_node_get_heading_level(node)), inlines(in: node, depth: depth))
    case "paragraph": return .paragraph(inlines(in: node, depth: depth))
    case "block_quote": return .quote(blocks(in: node, depth: depth))
    case "list":
      let isOrdered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
      let items = children(of: node).map { item(in: $0, depth: depth + 1) }
      return .list(start: isOrdered ? Int(cmark_node_get_list_start(node)) : nil, items)
    case "code_block":
      var text = text(cmark_node_get_literal(node))
      if text.hasSuffix("\n") { text.removeLast() }
      let words = self.text(cmark_node_get_fence_info(node)).split(separator: " ", maxSplits: 1)
      return .code(language: words.first.map(String.init), text: text)
    case "table":
      var rows = children(of: node).map { row in children(of: row).map { inlines(in: $0, depth: depth + 2) } }
      guard !rows.isEmpty else { return nil }
      let header = rows.removeFirst()
      return .table(header: header, rows: rows)
    case "thematic_break": return .rule
    case "html_block":
      var text = text(cmark_node_get_literal(node))
      if text.hasSuffix("\n") { text.removeLast() }
      return .html(text)
    default: return .paragraph([.text(plainText(of: node))])
    }
  }

  private static func item(in node: Node, depth: Int) -> MarkdownListItem {
    let isTask = kind(node) == "tasklist"
    return MarkdownListItem(
      blocks(in: node, depth: depth), isChecked: isTask ? cmark_gfm_extensions_get_tasklist_item_checked(node) : nil)
  }

  private static func inlines(in node: Node, depth: Int) -> [MarkdownInline] {
    var inlines: [MarkdownInline] = []
    for child in children(of: node) {
      let inline = inline(child, depth: depth + 1)
      // cmark splits a text at every character that might have meant something.
      if case .text(let more) = inline, case .text(let before)? = inlines.last {
        inlines[inlines.count - 1] = .text(before + more)
      } else {
        inlines.append(inline)
      }
    }
    return inlines
  }

  private static func inline(_ node: Node, depth: Int) -> MarkdownInline {
    guard depth < deepest else { return .text(plainText(of: node)) }
    switch kind(node) {
    case "text": return .text(text(cmark_node_get_literal(node)))
    case "code": return .code(text(cmark_node_get_literal(node)))
    case "emph": return .emphasis(inlines(in: node, depth: depth))
    case "strong": return .strong(inlines(in: node, depth: depth))
    case "strikethrough": return .strike(inlines(in: node, depth: depth))
    case "link": return .link(url: text(cmark_node_get_url(node)), inlines(in: node, depth: depth))
    case "image": return .image(url: text(cmark_node_get_url(node)), inlines(in: node, depth: depth))
    case "softbreak": return .softBreak
    case "linebreak": return .hardBreak
    case "html_inline": return .html(text(cmark_node_get_literal(node)))
    default: return .text(plainText(of: node))
    }
  }

  /// Every literal below a node, without recursion.
  private static func plainText(of node: Node) -> String {
    guard let iterator = cmark_iter_new(node) else { return "" }
    defer { cmark_iter_free(iterator) }
    var result = ""
    while true {
      let event = cmark_iter_next(iterator)
      if event == CMARK_EVENT_DONE { return result }
      guard event == CMARK_EVENT_ENTER, let current = cmark_iter_get_node(iterator) else { continue }
      switch kind(current) {
      case "softbreak", "linebreak": result += " "
      default: result += text(cmark_node_get_literal(current))
      }
    }
  }

  private static func kind(_ node: Node) -> String { text(cmark_node_get_type_string(node)) }

  private static func text(_ characters: UnsafePointer<CChar>?) -> String { characters.map { String(cString: $0) } ?? "" }
}
