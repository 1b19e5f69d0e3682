/// A piece of a paragraph, heading or cell.
public indirect enum MarkdownInline: Hashable, Sendable {
  case text(String)
  case code(String)
  case emphasis([MarkdownInline])
  case strong([MarkdownInline])
  case strike([MarkdownInline])
  case link(url: String, [MarkdownInline])
  /// The second is the text in place of the picture.
  case image(url: String, [MarkdownInline])
  /// A line end of the source, which means a space.
  case softBreak
  case hardBreak
  /// HTML as it was written: `List<String>` holds some.
  case html(String)

  /// The text without any mark-up.
  public var plainText: String {
    switch self {
    case .text(let text), .code(let text), .html(let text): text
    case .emphasis(let inner), .strong(let inner), .strike(let inner), .link(_, let inner), .image(_, let inner):
      inner.plainText
    case .softBreak: " "
    case .hardBreak: "\n"
    }
  }
}

extension [MarkdownInline] {
  /// The text without any mark-up.
  public var plainText: String { map(\.plainText).joined() }
}
