import Files
import Testing

@testable import Git

@Suite("What is staged") struct StagedChangesTests {
  private func staged(_ repository: ScratchRepository, under folder: String = ".") throws -> [StagedChange] {
    let opened = try #require(try GitRepository.open(containing: repository.path, environment: [:]))
    return try opened.stagedChanges(under: folder)
  }

  @Test("is everything before the first commit, and nothing before the first add")
  func unborn() throws {
    let repository = try ScratchRepository()
    #expect(try staged(repository) == [])
    try repository.write("a/b.txt", "1")
    try repository.git(["add", "--all"])
    #expect(try staged(repository) == [StagedChange(path: "a/b.txt", isDeletion: false)])
  }

  @Test("is what the next commit would change, whatever the work tree holds")
  func changes() throws {
    let repository = try ScratchRepository()
    for name in ["kept", "changed", "gone", "old name", "p/inside", "unstaged"] {
      try repository.write(name, "some text \(name)\n")
    }
    try repository.commitAll()
    #expect(try staged(repository) == [])
    try repository.write("changed", "other\n")
    try repository.git(["rm", "--quiet", "--cached", "gone"])
    try repository.git(["mv", "old name", "new\nname"])
    try repository.write("p/inside", "other\n")
    try repository.makeExecutable("kept")
    try repository.git(["add", "changed", "p", "kept"])
    try repository.write("unstaged", "other\n")
    let expected = [
      StagedChange(path: "changed", isDeletion: false), StagedChange(path: "gone", isDeletion: true),
      StagedChange(path: "kept", isDeletion: false), StagedChange(path: "new\nname", isDeletion: false),
      StagedChange(path: "old name", isDeletion: true), StagedChange(path: "p/inside", isDeletion: false),
    ]
    #expect(Set(try staged(repository)) == Set(expected))
    #expect(try staged(repository, under: "p") == [StagedChange(path: "inside", isDeletion: false)])
  }

  @Test("is the same when only the git program can read the index", arguments: [["--split-index"], ["--index-version", "4"]])
  func formats(_ option: [String]) throws {
    let repository = try ScratchRepository()
    try repository.write("a", "1")
    try repository.write("b", "1")
    try repository.commitAll()
    try repository.git(["update-index"] + option)
    try repository.write("a", "2")
    try repository.git(["rm", "--quiet", "--cached", "b"])
    try repository.git(["add", "a"])
    #expect(
      Set(try staged(repository)) == [StagedChange(path: "a", isDeletion: false), StagedChange(path: "b", isDeletion: true)])
  }
}
