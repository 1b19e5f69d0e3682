import Diagnostics
import SpaceModel
import Testing

@testable import Definitions

@Suite("What the Hub takes at most") struct ContentLimitTests {
  private static func findings(_ paths: [String], _ sizes: [String: Int] = [:], _ limits: ContentLimits) throws -> [String] {
    var tree = MemoryTree(Dictionary(uniqueKeysWithValues: paths.map { ("app/" + $0, "") }))
    tree.sizes = Dictionary(uniqueKeysWithValues: sizes.map { ("app/" + $0.key, $0.value) })
    let files = try AppFiles(ContentSource(path: "app"), in: tree)
    let place = Place(
      file: "a", keyStart: Position(line: 1, column: 1), keyEnd: Position(line: 1, column: 1),
      start: Position(line: 1, column: 1),
      end: Position(line: 1, column: 1), isDefault: false)
    var space = SpaceDraft.Contents(file: "a", namePlace: place)
    space.sourcePath = Placed("app", place)
    return Rule.limits(limits, files, SpaceDraft(space)).map(\.message)
  }

  @Test("is counted by folder, by source, by size and by name")
  func limits() throws {
    var limits = ContentLimits()
    (limits.filesInFolder, limits.files, limits.largeFiles, limits.pathCharacters) = (2, 4, 1, 12)
    #expect(try Self.findings(["a", "b", "x/c", "x/d"], [:], limits) == [])
    #expect(
      try Self.findings(["a", "b", "x/c", "x/d", "x/é"], ["a": 20_000_000, "b": 20_000_000], limits) == [
        "the folder `x` has 3 files; at most 2 are allowed", "the source has 5 files; at most 4 are allowed",
        "the source has 2 files of more than 10 MB; at most 1 are allowed",
      ])
    #expect(
      try Self.findings(["long/long/long.txt"], [:], limits) == [
        "the path `long/long/long.txt…` has 18 characters; at most 12 are allowed"
      ])
    #expect(
      try Self.findings(["a"], ["a": 612_000_000_000], limits) == ["the file has 612 GB; at most 500 are allowed"])
  }

  @Test("is what the Hub's documentation says")
  func numbers() {
    let limits = ContentLimits()
    #expect(limits.pathCharacters == 1000 && limits.filesInFolder == 10_000 && limits.files == 100_000)
    #expect(limits.largeFiles == 25_000 && limits.fileBytes == 500_000_000_000)
    #expect(ByteText.words(12) == "12 bytes" && ByteText.words(5_000_000_000) == "4.6 GiB")
    #expect(ByteText.grouped(1_234_567) == "1,234,567" && ByteText.grouped(999) == "999")
  }

  @Test("is told of a link by where it leads")
  func links() throws {
    var tree = MemoryTree([
      "spaceform.yaml": plainProject, "spaces/a.space.yaml": "name: a\nsdk: static\nsource: { path: app }\n",
      "app/index.html": "",
      "app/.env": "A=hunter22\n", "other/b.css": "",
    ])
    tree.links = ["app/a.css": "other/b.css", "app/b.css": "app/.env", "app/c.css": "nowhere", "app/d.html": "app/index.html"]
    let loaded = try DefinitionLoader.load(tree: tree, environment: nil)
    #expect(
      loaded.findings.map { "\($0.span.file): \($0.message)" } == [
        "app/a.css: the symbolic link leads out of the source folder app, to other/b.css",
        "app/b.css: the symbolic link leads to app/.env, which is not published",
        "app/c.css: the symbolic link leads to no file",
      ])
    // What a link leads to is not shown as if it were a file of the app.
    #expect(!"\(loaded.texts)".contains("hunter22"))
  }
}
