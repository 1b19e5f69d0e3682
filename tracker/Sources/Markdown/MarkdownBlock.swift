/// A block of a Markdown document, free of the C parser.
public indirect enum MarkdownBlock: Hashable, Sendable {
  /// Level 1 to 6.
  case heading(level: Int, [MarkdownInline])
  case paragraph([MarkdownInline])
  /// `start` is the first number of an ordered list, nil for bullets.
  case list(start: Int?, [MarkdownListItem])
  case quote([MarkdownBlock])
  /// The first word behind the fence as the language; the text ends without a line end.
  case code(language: String?, text: String)
  /// Rows of cells; each row has as many as the header.
  case table(header: [[MarkdownInline]], rows: [[[MarkdownInline]]])
  case rule
  /// HTML as it was written.
  case html(String)
}

/// An item of a list.
public struct MarkdownListItem: Hashable, Sendable {
  public var blocks: [MarkdownBlock]
  /// Whether a task's box is ticked; nil for an item that is no task.
  public var isChecked: Bool?

  public init(_ blocks: [MarkdownBlock], isChecked: Bool? = nil) {
    self.blocks = blocks
    self.isChecked = isChecked
  }
}
