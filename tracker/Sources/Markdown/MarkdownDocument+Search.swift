/// What a document holds, wherever it stands.
extension MarkdownDocument {
  /// The texts of all code blocks.
  public var codeBlocks: [String] {
    var found: [String] = []
    MarkdownDocument.visit(blocks) {
      if case .code(_, let text) = $0 { found.append(text) }
    } inline: { _ in
    }
    return found
  }

  /// The addresses of all links and pictures.
  public var addresses: [String] {
    var found: [String] = []
    MarkdownDocument.visit(blocks) { _ in
    } inline: { inline in
      switch inline {
      case .link(let url, _), .image(let url, _): found.append(url)
      default: break
      }
    }
    return found
  }

  private static func visit(
    _ blocks: [MarkdownBlock], block: (MarkdownBlock) -> Void, inline: (MarkdownInline) -> Void
  ) {
    for current in blocks {
      block(current)
      switch current {
      case .heading(_, let inlines), .paragraph(let inlines): visit(inlines, inline)
      case .list(_, let items): for item in items { visit(item.blocks, block: block, inline: inline) }
      case .quote(let inner): visit(inner, block: block, inline: inline)
      case .table(let header, let rows): for cell in header + rows.flatMap(\.self) { visit(cell, inline) }
      case .code, .rule, .html: break
      }
    }
  }

  private static func visit(_ inlines: [MarkdownInline], _ inline: (MarkdownInline) -> Void) {
    for current in inlines {
      inline(current)
      switch current {
      case .emphasis(let inner), .strong(let inner), .strike(let inner), .link(_, let inner), .image(_, let inner):
        visit(inner, inline)
      default: break
      }
    }
  }
}
