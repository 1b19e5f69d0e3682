/// Lines at the end of a terminal's output that are drawn again in place.
struct LiveBlock: Sendable {
  /// Lines of the block as it was drawn last; the cursor stands behind the last one.
  private var height = 0

  /// What takes the block off the screen and leaves the cursor where it began.
  mutating func clearing() -> String {
    guard height > 0 else { return "" }
    defer { height = 0 }
    return "\r\u{1B}[K" + String(repeating: "\u{1B}[1A\u{1B}[K", count: height - 1)
  }

  /// What draws the block below all that was written before.
  mutating func drawing(_ lines: [String]) -> String {
    height = lines.count
    return lines.joined(separator: "\n")
  }
}
