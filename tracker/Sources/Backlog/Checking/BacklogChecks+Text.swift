import Diagnostics
import Markdown

extension BacklogChecks {
  /// Jira's limits (facts jira-import section 7).
  static let longestSummary = 255
  static let longestDescription = 32_767

  mutating func checkText(_ item: Item, wikiLength: (Item) -> Int) {
    let summary = item.summary.value
    // Jira counts as Java does: characters beyond the basic plane are two.
    if summary.utf16.count > BacklogChecks.longestSummary {
      note(
        .length, "the summary is \(summary.utf16.count) characters long; Jira takes \(BacklogChecks.longestSummary)",
        help: "Move the rest into the description.", at: item.summary, of: item)
    }
    if summary.unicodeScalars.contains(where: { CharacterClass.isLineEnd($0) }) {
      note(.length, "a summary is one line", help: "Move the rest into the description.", at: item.summary, of: item)
    }
    let length = wikiLength(item)
    if length > BacklogChecks.longestDescription {
      note(
        .length,
        "description and acceptance criteria are \(length) characters as wiki markup; Jira takes \(BacklogChecks.longestDescription)",
        help: "Split the item, or link to a document.", at: item.description ?? item.summary, of: item)
    }
    for text in [item.summary, item.description, item.acceptance].compactMap(\.self) { checkCharacters(text, of: item) }
    for text in [item.description, item.acceptance].compactMap(\.self) { checkMarkdown(text, of: item) }
  }

  private mutating func checkCharacters(_ text: Placed<String>, of item: Item) {
    if let scalar = text.value.unicodeScalars.first(where: { CharacterClass.isUnwritable($0) }) {
      note(
        .uncarriedText, "the text holds the control character U+\(CharacterClass.hex(scalar)), which no XML file can carry",
        help: "Remove it, or write what it stands for.", at: text, of: item)
    }
    if let scalar = text.value.unicodeScalars.first(where: { CharacterClass.turnsText($0) }) {
      note(
        .uncarriedText, .warning,
        "the text holds U+\(CharacterClass.hex(scalar)), which turns the order in which the text around it is shown",
        help: "Remove it: right-to-left text needs none.", at: text, of: item)
    }
  }

  private mutating func checkMarkdown(_ text: Placed<String>, of item: Item) {
    // Parsing is what costs; most texts hold none of this.
    guard text.value.contains("{code") || text.value.contains("{noformat") || mayLinkNowhere(text.value) else { return }
    let document = MarkdownDocument(text.value)
    if document.codeBlocks.contains(where: { $0.contains("{code") && $0.contains("{noformat") }) {
      note(
        .uncarriedText, .warning,
        "a code block holds both `{code` and `{noformat`, either of which would end it in wiki markup",
        help: "Split the block in two; until then its lines are exported as preformatted text.", at: text, of: item)
    }
    for address in document.addresses where !LinkScheme.isAllowed(address) {
      note(
        .uncarriedText, .warning, "the link to `\(address)` leads nowhere from Jira, and is exported as text",
        help: "Write an address that begins with https://.", at: text, of: item)
    }
  }

  /// Whether a link might have an address that is none outside of the repository: seen without reading the Markdown.
  private func mayLinkNowhere(_ text: String) -> Bool {
    if text.contains("]:") { return true }
    return text.split(separator: "](", omittingEmptySubsequences: false).dropFirst().contains { address in
      !["http://", "https://", "mailto:"].contains { address.hasPrefix($0) }
    }
  }

  mutating func checkLabels(_ item: Item) {
    for label in item.labels {
      if label.value.unicodeScalars.contains(where: { CharacterClass.isBlank($0) || ",;".unicodeScalars.contains($0) }) {
        note(
          .label, "Jira splits the label `\(label.value)` in parts", help: "Write it with dashes.", at: label, of: item)
      } else if label.value.utf16.count > BacklogChecks.longestSummary {
        note(
          .label, "the label is \(label.value.utf16.count) characters long; Jira takes \(BacklogChecks.longestSummary)",
          help: "Shorten it.", at: label, of: item)
      } else if label.value == "delivered" || label.value.hasPrefix("sprint-") {
        note(
          .label, "the label `\(label.value)` is one that the export makes itself", help: "Choose another.", at: label, of: item
        )
      }
    }
  }
}

/// Kinds of characters that matter to what Jira reads.
enum CharacterClass {
  static func isLineEnd(_ scalar: Unicode.Scalar) -> Bool {
    [0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029].contains(scalar.value)
  }

  static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }

  /// What XML 1.0 has no way to write.
  static func isUnwritable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x9, 0xA, 0xD, 0x20...0xFFFD, 0x10000...0x10FFFF: false
    default: true
    }
  }

  static func turnsText(_ scalar: Unicode.Scalar) -> Bool {
    (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
  }

  static func hex(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
