/// What is fed with arbitrary bytes: by libFuzzer (`script/fuzz`), and by the tests with the corpus.
enum FuzzTarget: String, CaseIterable, Sendable {
  /// A project and its items.
  case backlog
  /// A description.
  case markdown

  /// What should hold for this input and does not, a sentence each; empty when all is well.
  func broken(by input: [UInt8]) -> [String] {
    switch self {
    case .backlog: BacklogProperties.broken(by: input)
    case .markdown: MarkdownProperties.broken(by: input)
    }
  }
}
