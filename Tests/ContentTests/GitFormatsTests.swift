import Diagnostics
import Files
import Git
import Testing

/// Repositories that libgit2 1.5 cannot read, or reads wrongly: every answer must still be git's own.
@Suite("Git formats beyond libgit2") struct GitFormatsTests {
  private func check(_ scratch: ScratchRepository, staged: [String], text: String = "1", at path: String = "a") throws {
    let environment = ["PATH": "/usr/bin:/bin", "HOME": scratch.path, "GIT_CONFIG_NOSYSTEM": "1"]
    let repository = try #require(
      try GitRepository.open(containing: scratch.path, environment: environment, workingFolder: scratch.path))
    let index = try GitIndexTree(repository, projectFolder: scratch.path)
    #expect(try index.files(under: ".").map(\.path) == staged)
    #expect(try index.read(path) == Array(text.utf8))
    let revision = try GitRevisionTree(repository, revision: "HEAD", projectFolder: scratch.path)
    #expect(try revision.read(path) == Array(text.utf8))
    #expect(try repository.headRevision() == scratch.git(["rev-parse", "HEAD"]))
  }

  @Test("a split index") func splitIndex() throws {
    let scratch = try ScratchRepository()
    try scratch.write("a", "1")
    try scratch.commitAll()
    try scratch.git(["update-index", "--split-index"])
    try scratch.write("b", "2")
    try scratch.write("announced", "3")
    try scratch.git(["add", "b"])
    try scratch.git(["add", "--intent-to-add", "announced"])
    try check(scratch, staged: ["a", "b"])
  }

  @Test("a sparse index, whose files that are not on disk count as unchanged") func sparseIndex() throws {
    let scratch = try ScratchRepository()
    try scratch.write("a", "1")
    try scratch.write("in/x", "x")
    try scratch.write("left/out/y", "y")
    try scratch.commitAll()
    try scratch.git(["sparse-checkout", "set", "--cone", "--sparse-index", "in"])
    #expect(throws: (any Error).self) { try scratch.remove("left/out/y") }
    try check(scratch, staged: ["a", "in/x", "left/out/y"])
    let tree = try SourceTrees.workTree(at: scratch.path)
    #expect(try tree.files(under: ".").map(\.path) == ["a", "in/x", "left/out/y"])
    #expect(try tree.read("left/out/y") == Array("y".utf8))
    #expect(tree.diskPath("left/out/y") == nil)
  }

  @Test("per-worktree configuration") func worktreeConfig() throws {
    let scratch = try ScratchRepository()
    try scratch.write("a", "1")
    try scratch.commitAll()
    try scratch.git(["config", "core.repositoryFormatVersion", "1"])
    try scratch.git(["config", "extensions.worktreeConfig", "true"])
    try check(scratch, staged: ["a"])
  }

  @Test("a repository with SHA-256 ids") func sha256() throws {
    let scratch = try ScratchRepository(["--object-format=sha256"])
    try scratch.write("a", "1")
    try scratch.write("sub/b", "2")
    try scratch.commitAll()
    try check(scratch, staged: ["a", "sub/b"])
    let tree = try SourceTrees.revision("HEAD", at: scratch.path + "/sub")
    #expect(try tree.files(under: ".").map(\.path) == ["b"])
  }

  @Test("a partial clone whose blobs are not here yet") func partialClone() throws {
    let origin = try ScratchRepository()
    try origin.write("a", "1")
    try origin.commitAll()
    try origin.git(["config", "uploadpack.allowFilter", "true"])
    try origin.git(["config", "uploadpack.allowAnySHA1InWant", "true"])
    let clone = try ScratchRepository()
    try clone.git(["remote", "add", "origin", "file://" + origin.path])
    try clone.git(["fetch", "--quiet", "--filter=blob:none", "origin"])
    try clone.git(["update-ref", "refs/heads/main", "origin/main"])
    let tree = try SourceTrees.revision("main", at: clone.path)
    #expect(try tree.read("a") == Array("1".utf8))
  }

  @Test("a repository that git cannot open is a failure, not a folder without git") func broken() throws {
    let scratch = try ScratchRepository()
    try scratch.write("a", "1")
    try scratch.write(".git/HEAD", "nonsense")
    #expect(throws: Failure.self) { try SourceTrees.workTree(at: scratch.path) }
  }
}
