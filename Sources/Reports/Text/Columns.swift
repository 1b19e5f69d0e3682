/// How much room text takes on a terminal, where a wide character takes two columns and a joined one none.
enum Columns {
  static func count(_ text: some StringProtocol) -> Int { text.reduce(0) { $0 + width(of: $1) } }

  /// The text with spaces behind it, up to a width.
  static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - count(text)))
  }

  /// At most so many columns, with `…` as the last where something was cut off.
  static func cut(_ text: String, to limit: Int) -> String {
    guard count(text) > limit else { return text }
    var used = 0
    let shown = text.prefix { character in
      used += width(of: character)
      return used < limit
    }
    return shown + "…"
  }

  // A family or a flag is several scalars in one place: the widest of them says how much room it takes.
  private static func width(of character: Character) -> Int {
    character.unicodeScalars.map(TerminalText.width).max() ?? 0
  }
}
