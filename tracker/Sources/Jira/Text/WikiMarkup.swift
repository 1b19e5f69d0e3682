import Markdown

/// Markdown as the wiki markup of Jira's descriptions (facts jira-import section 7).
public enum WikiMarkup {
  public static func text(_ document: MarkdownDocument) -> String { blocks(document.blocks, isInQuote: false) }

  private static func blocks(_ blocks: [MarkdownBlock], isInQuote: Bool) -> String {
    blocks.map { block($0, isInQuote: isInQuote) }.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private static func block(_ block: MarkdownBlock, isInQuote: Bool) -> String {
    switch block {
    case .heading(let level, let inlines):
      let text = WikiInline(breaksLines: false).text(inlines, isLineStart: false)
      return text.isEmpty ? "" : "h\(level). \(text)"
    case .paragraph(let inlines): return WikiInline().text(inlines, isLineStart: true)
    case .list(let start, let items): return list(start: start, items, marks: "", isInQuote: isInQuote).joined(separator: "\n")
    case .quote(let inner):
      let text = blocks(inner, isInQuote: true)
      // A second `{quote}` inside would end the first.
      return isInQuote || text.isEmpty ? text : "{quote}\n\(text)\n{quote}"
    case .code(let language, let text): return code(language, text, isInQuote: isInQuote)
    case .table(let header, let rows):
      let columns = header.count
      return ([row(header, "||")] + rows.map { row(Array($0.prefix(columns)), "|") }).joined(separator: "\n")
    case .rule: return "----"
    case .html(let html): return WikiInline().text([.html(html)], isLineStart: true)
    }
  }

  private static func row(_ cells: [[MarkdownInline]], _ bar: String) -> String {
    let texts = cells.map { cell in
      let text = WikiInline(breaksLines: false).text(cell, isLineStart: true)
      return text.isEmpty ? " " : text
    }
    return bar + texts.joined(separator: bar) + bar
  }

  // MARK: Code

  /// Languages that Jira's code macro highlights. Another would show an error in the place of the code.
  private static let languages: Set<String> = [
    "actionscript", "ada", "applescript", "bash", "c", "c#", "c++", "cpp", "css", "erlang", "go", "groovy", "haskell", "html",
    "java", "javascript", "js", "json", "lua", "objc", "perl", "php", "python", "r", "ruby", "scala", "sh", "sql", "swift",
    "visualbasic", "xml", "yaml",
  ]

  private static func code(_ language: String?, _ text: String, isInQuote: Bool) -> String {
    let holdsCode = text.contains("{code")
    let holdsPlain = text.contains("{noformat")
    let language = language?.lowercased()
    if (holdsCode && holdsPlain) || (isInQuote && text.contains("{quote")) {
      let inline = WikiInline(breaksLines: false)
      return text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.isEmpty ? "" : inline.text([.code(String($0))], isLineStart: false) }.joined(separator: "\n")
    }
    if holdsCode { return "{noformat}\n\(text)\n{noformat}" }
    if let language, languages.contains(language) { return "{code:\(language)}\n\(text)\n{code}" }
    return holdsPlain ? "{code}\n\(text)\n{code}" : "{noformat}\n\(text)\n{noformat}"
  }

  // MARK: Lists

  /// The lines of a list. A list inside has one sign more in front: `* `, `** `, `*# `.
  private static func list(start: Int?, _ items: [MarkdownListItem], marks: String, isInQuote: Bool) -> [String] {
    let marks = marks + (start == nil ? "*" : "#")
    return items.flatMap { item -> [String] in
      let box = item.isChecked.map { $0 ? "&#91;x&#93; " : "&#91; &#93; " } ?? ""
      var lines: [String] = []
      for (index, block) in item.blocks.enumerated() {
        if index == 0 {
          // A list that begins with a list has a line of its own first, or the inner one would be read as the outer.
          if case .list = block { lines.append("\(marks) \(box)&nbsp;") }
        }
        lines += self.lines(block, marks: marks, lead: lines.isEmpty ? "\(marks) \(box)" : "", isInQuote: isInQuote)
      }
      return lines.isEmpty ? ["\(marks) \(box)&nbsp;"] : lines
    }
  }

  /// A block inside a list's item: its lines follow the item's own without a blank one, which would end the list.
  private static func lines(_ block: MarkdownBlock, marks: String, lead: String, isInQuote: Bool) -> [String] {
    switch block {
    case .list(let start, let items): return list(start: start, items, marks: marks, isInQuote: isInQuote)
    case .paragraph(let inlines): return [lead + WikiInline().text(inlines, isLineStart: true)]
    case .heading(_, let inlines): return [lead + WikiInline(breaksLines: false).text([.strong(inlines)], isLineStart: true)]
    case .code(let language, let text): return [lead + code(language, text, isInQuote: isInQuote)]
    case .quote(let inner):
      return inner.enumerated().flatMap { lines($1, marks: marks, lead: $0 == 0 ? lead : "", isInQuote: isInQuote) }
    case .table(let header, let rows):
      let texts = ([header] + rows).map { row in
        row.map { WikiInline(breaksLines: false).text($0, isLineStart: true) }.joined(separator: " &#124; ")
      }
      return texts.enumerated().map { ($0 == 0 ? lead : "") + $1 }
    case .rule: return lead.isEmpty ? [] : [lead + "&nbsp;"]
    case .html(let html): return [lead + WikiInline().text([.html(html)], isLineStart: true)]
    }
  }
}
