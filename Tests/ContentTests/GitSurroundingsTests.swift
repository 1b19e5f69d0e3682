import Diagnostics
import Files
import Foundation
import Git
import Testing

@Suite("What surrounds a git repository") struct GitSurroundingsTests {
  private func staged(_ path: String, in folder: String, _ environment: [String: String]) throws -> [UInt8]? {
    let environment = ["PATH": "/usr/bin:/bin", "HOME": folder, "GIT_CONFIG_NOSYSTEM": "1"].merging(environment) { _, new in new
    }
    let repository = try #require(
      try GitRepository.open(containing: folder, environment: environment, workingFolder: folder))
    return try GitIndexTree(repository, projectFolder: folder).read(path)
  }

  /// An index beside the repository's own in which `a` holds `other`.
  private func makeOtherIndex(_ scratch: ScratchRepository, at folder: String, of git: String) throws -> String {
    try scratch.write("other", "other")
    let blob = try scratch.git(["hash-object", "-w", "other"])
    try scratch.remove("other")
    try FileManager.default.copyItem(atPath: git + "/index", toPath: git + "/other-index")
    try scratch.git([
      "-C", folder, "-c", "alias.put=!GIT_INDEX_FILE=\(git)/other-index git update-index --cacheinfo 100644,\(blob),a", "put",
    ])
    return git + "/other-index"
  }

  @Test("GIT_DIR that names a git folder elsewhere leaves the work tree where it is")
  func separate() throws {
    let parent = try ScratchFolder()
    let scratch = try ScratchRepository(["--separate-git-dir", parent.path + "/kept.git"])
    try scratch.write("a", "own")
    try scratch.commitAll()
    let index = try makeOtherIndex(scratch, at: scratch.path, of: parent.path + "/kept.git")
    #expect(try staged("a", in: scratch.path, ["GIT_DIR": parent.path + "/kept.git"]) == Array("own".utf8))
    let environment = ["GIT_DIR": parent.path + "/kept.git", "GIT_INDEX_FILE": index]
    #expect(try staged("a", in: scratch.path, environment) == Array("other".utf8))
  }

  @Test("the index that a hook names counts in a format that libgit2 does not know, in a linked work tree too")
  func foreignFormat() throws {
    let scratch = try ScratchRepository(["--object-format=sha256"])
    try scratch.write("a", "own")
    try scratch.commitAll()
    let parent = try ScratchFolder()
    let linked = parent.path + "/linked"
    try scratch.git(["worktree", "add", "--quiet", "-b", "side", linked])
    for (folder, git) in [(scratch.path, scratch.path + "/.git"), (linked, scratch.path + "/.git/worktrees/linked")] {
      let index = try makeOtherIndex(scratch, at: folder, of: git)
      #expect(try staged("a", in: folder, ["GIT_DIR": git]) == Array("own".utf8))
      #expect(try staged("a", in: folder, ["GIT_INDEX_FILE": index]) == Array("other".utf8))
      #expect(try staged("a", in: folder, ["GIT_DIR": git, "GIT_INDEX_FILE": index]) == Array("other".utf8))
    }
  }

  @Test("reading writes nothing, with a sparse index neither")
  func readsOnly() throws {
    let scratch = try ScratchRepository()
    for file in ["a", "in/x", "left/out/y"] { try scratch.write(file, file) }
    try scratch.commitAll()
    try scratch.git(["sparse-checkout", "set", "--cone", "--sparse-index", "in"])
    try scratch.write("in/x", "staged")
    try scratch.write("announced", "x")
    try scratch.git(["add", "in/x"])
    try scratch.git(["add", "--intent-to-add", "announced"])
    try scratch.write("a", "a")
    let before = try Self.times(below: scratch.path)
    let index = try SourceTrees.staged(at: scratch.path)
    #expect(try index.tree.files(under: ".").map(\.path) == ["a", "in/x", "left/out/y"])
    #expect(try index.tree.read("left/out/y") == Array("left/out/y".utf8))
    #expect(index.changes.map(\.path).contains("in/x"))
    let work = try SourceTrees.workTree(at: scratch.path)
    #expect(try work.files(under: ".").map(\.path) == ["a", "announced", "in/x", "left/out/y"])
    #expect(try work.files(under: "left/out").map(\.path) == ["left/out/y"])
    #expect(try work.read("left/out/y") == Array("left/out/y".utf8))
    #expect(try Self.times(below: scratch.path) == before)
  }

  /// When each file and folder was last changed.
  private static func times(below folder: String) throws -> [String: Date] {
    var times: [String: Date] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      times[name] = try FileManager.default.attributesOfItem(atPath: folder + "/" + name)[.modificationDate] as? Date
    }
    return times
  }

  @Test("an index that is no file is a failure", arguments: [".", "/dev/null"])
  func noFile(index: String) throws {
    let scratch = try ScratchRepository()
    try scratch.write("a", "1")
    try scratch.commitAll()
    #expect(throws: Failure.self) { try staged("a", in: scratch.path, ["GIT_INDEX_FILE": index]) }
    try scratch.remove(".git/index")
    try #require(mkfifo(scratch.path + "/.git/index", 0o644) == 0)
    #expect(throws: Failure.self) { try staged("a", in: scratch.path, [:]) }
  }
}
