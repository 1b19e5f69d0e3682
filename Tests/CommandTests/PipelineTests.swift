import Platform
import Testing

@testable import spaceform

@Suite("Pipelines that init writes") struct PipelineTests {
  private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test("they are the files of ci/")
  func same() throws {
    for (own, shown) in [
      ("spaces.yml", "ci/github/workflows/spaces.yml"), ("drift.yml", "ci/github/workflows/drift.yml"),
      ("gitlab-ci.yml", "ci/gitlab/gitlab-ci.yml"),
    ] {
      #expect(
        try Data(contentsOf: root.appendingPathComponent("Sources/spaceform/Pipelines/\(own)"))
          == Data(contentsOf: root.appendingPathComponent(shown)), "\(own) and \(shown) differ")
    }
  }

  @Test("the actions' place and commit are put in, and nothing is left to fill in")
  func placed() throws {
    let commit = String(repeating: "c0", count: 20)
    let source = try #require(PipelineSource(argument: "beta/tools@\(commit)"))
    for system in PipelineSystem.allCases {
      for (_, text) in Pipeline(system: system, source: source).files {
        #expect(text.contains("beta/tools/") && text.contains("@\(commit)"))
        #expect(!text.contains("acme/spaceform/") && !text.contains("0000000"))
      }
      #expect(Pipeline(system: system, source: nil).files.allSatisfy { $0.text.contains("@0000000") })
    }
  }

  @Test(
    "only a commit's whole id names actions",
    arguments: [
      "acme/x", "acme/x@main", "acme/x@v1", "acme/x@C0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FFEEC0FF",
      "x@" + String(repeating: "a", count: 40), "a b/c@" + String(repeating: "a", count: 40),
    ])
  func refused(argument: String) { #expect(PipelineSource(argument: argument) == nil) }
}
