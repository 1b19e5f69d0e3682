import Testing

// Not all of Foundation: with its own ICU beside the system's, which libxml2 brings, it does not compile.
#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite("Inputs that readers must survive") struct CorpusTests {
  /// One file of the corpus, named by its path in it.
  struct Input: Sendable, CustomTestStringConvertible {
    var target: FuzzTarget
    var name: String
    var testDescription: String { "\(target.rawValue)/\(name)" }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus")

    static let all: [Input] = FuzzTarget.allCases.flatMap { target in
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: target.rawValue).path)) ?? []
      return names.sorted().map { Input(target: target, name: $0) }
    }

    func bytes() throws -> [UInt8] { Array(try Data(contentsOf: Self.folder.appending(path: "\(target.rawValue)/\(name)"))) }
  }

  @Test("every property holds", arguments: Input.all)
  func holds(input: Input) throws { #expect(input.target.broken(by: try input.bytes()) == []) }

  @Test("there are inputs for every target", arguments: FuzzTarget.allCases)
  func isComplete(target: FuzzTarget) { #expect(Input.all.count { $0.target == target } >= 10) }
}
