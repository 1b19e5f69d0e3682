/// Which addresses become links in another system: those that lead somewhere from there, and run nothing.
public enum LinkScheme {
  public static func isAllowed(_ url: String) -> Bool {
    let url = url.lowercased()
    return ["http://", "https://", "mailto:"].contains { url.hasPrefix($0) && url.utf8.count > $0.utf8.count }
  }

  /// A link that is none there: its text, and its address in parentheses unless the text says it already.
  public static func spelledOut(_ url: String, _ text: [MarkdownInline]) -> [MarkdownInline] {
    if url.isEmpty { return text }
    if text.isEmpty { return [.text(url)] }
    return text.plainText == url ? text : text + [.text(" (\(url))")]
  }
}
