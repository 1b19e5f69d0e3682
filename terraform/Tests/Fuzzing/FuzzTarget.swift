/// What is fed with arbitrary bytes: by libFuzzer (`script/fuzz`), and by the tests with the corpus.
enum FuzzTarget: String, CaseIterable, Sendable {
  /// A value as Terraform sends it, behind a line with its type.
  case messagepack
  /// A value as state holds it, behind a line with its type.
  case json

  /// What should hold for this input and does not, a sentence each; empty when all is well.
  func broken(by input: [UInt8]) -> [String] {
    switch self {
    case .messagepack: ValueProperties.broken(byMessagePack: input)
    case .json: ValueProperties.broken(byJSON: input)
    }
  }
}
