import Markdown

/// What an item says at length: its description, then its acceptance criteria under a heading, then what is worth knowing about it.
public enum ItemText {
  /// The heading above acceptance criteria.
  public static let acceptanceHeading = "Acceptance criteria"

  public static func document(of item: Item) -> MarkdownDocument {
    var document = MarkdownDocument(item.description?.value ?? "")
    if let acceptance = item.acceptance?.value {
      document.blocks.append(.heading(level: 3, [.text(acceptanceHeading)]))
      document.blocks += MarkdownDocument(acceptance).blocks
    }
    if let proof = item.proof?.value {
      document.blocks.append(
        .paragraph([.text("Delivered; proved by the test "), .code(proof.test), .text(" in "), .code(proof.file), .text(".")]))
    }
    return document
  }
}
