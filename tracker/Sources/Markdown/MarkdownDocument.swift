/// Markdown as GitHub defines it (CommonMark with tables, strike-through, task lists and bare addresses), read by cmark-gfm.
public struct MarkdownDocument: Hashable, Sendable {
  public var blocks: [MarkdownBlock]

  public init(_ blocks: [MarkdownBlock]) { self.blocks = blocks }

  /// Reads a text. Every text is Markdown; what is deeper than any document needs to be is kept as plain text.
  public init(_ text: String) { self.init(CMarkParser.blocks(of: text)) }

  public static func + (left: MarkdownDocument, right: MarkdownDocument) -> MarkdownDocument {
    MarkdownDocument(left.blocks + right.blocks)
  }
}
