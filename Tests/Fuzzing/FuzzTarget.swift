/// What is fed with arbitrary bytes: by libFuzzer (`script/fuzz`), and by the tests with the corpus.
enum FuzzTarget: String, CaseIterable, Sendable {
  /// A file as YAML.
  case yaml
  /// A `README.md`: its front matter, and what becomes of it under a card.
  case card
  /// A whole project out of one input.
  case definition
  /// A lock file, also one that a merge left in conflict.
  case lock
  /// A journal.
  case journal
  /// A saved plan.
  case plan
  /// An answer of the Hub.
  case answer
  /// The lease of a git store.
  case lease
  /// What a code host tells a job.
  case event

  /// What should hold for this input and does not, a sentence each; empty when all is well.
  func broken(by input: [UInt8]) -> [String] {
    switch self {
    case .yaml: YAMLProperties.broken(by: input)
    case .card: CardProperties.broken(by: input)
    case .definition: DefinitionProperties.broken(by: input)
    case .lock: LockProperties.broken(by: input)
    case .journal: JournalProperties.broken(by: input)
    case .plan: PlanProperties.broken(by: input)
    case .answer: AnswerProperties.broken(by: input)
    case .lease: LeaseProperties.broken(by: input)
    case .event: EventProperties.broken(by: input)
    }
  }
}
