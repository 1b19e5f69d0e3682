import Diagnostics
import Files
import Foundation
import Git
import SpaceModel
import Testing

@testable import Content

@Suite("Unusual files") struct UnusualFilesTests {
  /// A name that is no UTF-8, made by the system call itself: Foundation's paths are text.
  private func make(_ folder: String, bytes name: [UInt8]) throws {
    let path = (Array(folder.utf8) + [UInt8(ascii: "/")] + name + [0]).map(CChar.init(bitPattern:))
    let file = open(path, O_WRONLY | O_CREAT, 0o644)
    try #require(file >= 0)
    close(file)
  }

  private func trees(_ scratch: ScratchRepository) throws -> [any SourceTree] {
    [
      try SourceTrees.workTree(at: scratch.path), try SourceTrees.index(at: scratch.path),
      try SourceTrees.revision("HEAD", at: scratch.path),
    ]
  }

  @Test("a pipe is listed, never read, and never waited for")
  func pipe() throws {
    let folder = try ScratchFolder()
    try folder.write("app/app.py", "x")
    try #require(mkfifo(folder.path + "/app/pipe", 0o644) == 0)
    let tree = try WorkTree(folder.path)
    #expect(try tree.files(under: ".").map(\.obstacle) == [nil, .irregular])
    let failure = #expect(throws: Failure.self) { try tree.read("app/pipe") }
    #expect(failure?.problem.contains("pipe") == true && failure?.help != nil)
    #expect(tree.diskPath("app/pipe") == nil)
    #expect(throws: Failure.self) { try AtomicFile.read(folder.path + "/app/pipe") }
    try folder.link("link", to: "app/pipe")
    #expect(throws: Failure.self) { try WorkTree(folder.path).read("link") }

    var space = SpaceDefinition(id: try #require(SpaceID("acme/chat")), file: "x", sdk: .docker)
    space.source = ContentSource(path: "app", ignore: [], prune: true)
    #expect(try ContentBuilder(tree: tree).prepare(space)?.manifest.files.map(\.path) == ["app.py"])
  }

  @Test("a file that says it is longer than memory is refused, not read")
  func sparse() throws {
    let folder = try ScratchFolder()
    try folder.write("long", "")
    try #require(truncate(folder.path + "/long", 1 << 40) == 0)
    let tree = try WorkTree(folder.path)
    #expect(try tree.files(under: ".").map(\.size) == [1 << 40])
    #expect(throws: Failure.self) { try tree.read("long") }
  }

  @Test("a name that is not UTF-8 is listed and cannot be read, wherever the file is")
  func names() throws {
    let scratch = try ScratchRepository()
    try scratch.write("a", "1")
    try make(scratch.path, bytes: Array("caf".utf8) + [0xE9])
    try scratch.commitAll()
    for tree in try trees(scratch) + [try WorkTree(scratch.path)] {
      let files = try tree.files(under: ".")
      #expect(files.map(\.path) == ["a", "caf\u{FFFD}"])
      #expect(files.map(\.obstacle) == [nil, .name])
      let failure = #expect(throws: Failure.self) { try tree.read("caf\u{FFFD}") }
      #expect(failure?.problem.contains("UTF-8") == true)
      #expect(try tree.read("a") == Array("1".utf8))
    }
    try scratch.git(["rm", "-r", "--quiet", "--cached", "."])
    #expect(try SourceTrees.workTree(at: scratch.path).files(under: ".").count == 2)
  }

  @Test("two spellings of one text are two files, and no Space gets both")
  func twins() throws {
    let scratch = try ScratchRepository()
    try scratch.write("app/caf\u{E9}", "one character")
    try scratch.write("app/cafe\u{301}", "two characters")
    try scratch.commitAll()
    var space = SpaceDefinition(id: try #require(SpaceID("acme/chat")), file: "x", sdk: .docker)
    space.source = ContentSource(path: "app", ignore: [], prune: true)
    for tree in try trees(scratch) {
      #expect(try tree.files(under: "app").count == 2)
      #expect(try tree.read("app/caf\u{E9}") == Array("one character".utf8))
      #expect(try tree.read("app/cafe\u{301}") == Array("two characters".utf8))
      #expect(throws: Failure.self) { try ContentBuilder(tree: tree).prepare(space) }
    }
  }

  @Test("a name that begins with a combining mark is a name like any other")
  func combining() throws {
    let scratch = try ScratchRepository()
    try scratch.write("\u{301}first/\u{301}second", "x")
    try scratch.link("to", to: "\u{301}first")
    try scratch.commitAll()
    for tree in try trees(scratch) {
      #expect(try tree.files(under: "\u{301}first").map(\.path) == ["\u{301}first/\u{301}second"])
      #expect(try tree.read("to/\u{301}second") == Array("x".utf8))
    }
    #expect(ProjectPath.normal("../\u{301}x") == nil)
    #expect(ProjectPath.isInsideGit(".git/\u{301}x"))
    #expect(Glob("*/\u{301}*").matches("a/\u{301}b"))
    #expect(IgnoreList(["b/"]).ignores("b/\u{301}x"))
  }

  @Test("a folder that may not be looked into hides no tracked file", .enabled(if: geteuid() != 0))
  func unreadable() throws {
    let scratch = try ScratchRepository()
    try scratch.write("closed/a", "1")
    try scratch.commitAll()
    chmod(scratch.path + "/closed", 0)
    defer { chmod(scratch.path + "/closed", 0o755) }
    let tree = try SourceTrees.workTree(at: scratch.path)
    #expect(try tree.files(under: ".").map(\.path) == ["closed/a"])
    #expect(throws: Failure.self) { try tree.read("closed/a") }
  }
}
