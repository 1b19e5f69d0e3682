/// Markdown as HTML that shows every character of the source: raw HTML is shown, not obeyed.
public enum MarkdownHTML {
  public static func text(_ document: MarkdownDocument) -> String { document.blocks.map(text).joined(separator: "\n") }

  private static func text(_ block: MarkdownBlock) -> String {
    switch block {
    case .heading(let level, let inlines): "<h\(level)>\(text(inlines))</h\(level)>"
    case .paragraph(let inlines): "<p>\(text(inlines))</p>"
    case .list(let start, let items):
      if let start {
        "<ol\(start == 1 ? "" : " start=\"\(start)\"")>\n\(items.map(text).joined())</ol>"
      } else {
        "<ul>\n\(items.map(text).joined())</ul>"
      }
    case .quote(let blocks): "<blockquote>\(blocks.map(text).joined(separator: "\n"))</blockquote>"
    case .code(let language, let code):
      "<pre><code\(language.map { " class=\"language-\(escaped($0))\"" } ?? "")>\(escaped(code))\n</code></pre>"
    case .table(let header, let rows):
      "<table>\n<tr>\(header.map { "<th>\(text($0))</th>" }.joined())</tr>\n"
        + rows.map { "<tr>\($0.map { "<td>\(text($0))</td>" }.joined())</tr>\n" }.joined() + "</table>"
    case .rule: "<hr/>"
    case .html(let html): "<p>\(escaped(html))</p>"
    }
  }

  private static func text(_ item: MarkdownListItem) -> String {
    let box = item.isChecked.map { $0 ? "☑ " : "☐ " } ?? ""
    guard item.blocks.count == 1, case .paragraph(let inlines) = item.blocks[0] else {
      return "<li>\(box)\(item.blocks.map(text).joined(separator: "\n"))</li>\n"
    }
    return "<li>\(box)\(text(inlines))</li>\n"
  }

  private static func text(_ inlines: [MarkdownInline]) -> String { inlines.map(text).joined() }

  private static func text(_ inline: MarkdownInline) -> String {
    switch inline {
    case .text(let text), .html(let text): return escaped(text)
    case .code(let code): return "<code>\(escaped(code))</code>"
    case .emphasis(let inner): return "<em>\(text(inner))</em>"
    case .strong(let inner): return "<b>\(text(inner))</b>"
    case .strike(let inner): return "<del>\(text(inner))</del>"
    case .link(let url, let inner), .image(let url, let inner):
      guard LinkScheme.isAllowed(url) else { return text(LinkScheme.spelledOut(url, inner)) }
      return "<a href=\"\(escaped(url))\">\(text(inner.isEmpty ? [.text(url)] : inner))</a>"
    case .softBreak: return "\n"
    case .hardBreak: return "<br/>"
    }
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
