import Diagnostics
import Files
import Foundation
import Git
import Testing

@Suite("Files of a git repository") struct GitTreesTests {
  private func open(_ path: String, _ environment: [String: String] = [:]) throws -> GitRepository {
    let environment = environment.merging(["PATH": "/usr/bin:/bin", "HOME": path, "GIT_CONFIG_NOSYSTEM": "1"]) { own, _ in own }
    return try #require(try GitRepository.open(containing: path, environment: environment, workingFolder: path))
  }

  @Test("a folder without git is no repository") func outside() throws {
    let folder = try ScratchFolder()
    #expect(try GitRepository.open(containing: folder.path) == nil)
    #expect(try SourceTrees.workTree(at: folder.path) is WorkTree)
    #expect(throws: Failure.self) { try SourceTrees.index(at: folder.path) }
  }

  @Test("the work tree is tracked files on disk and untracked ones that are not ignored") func workTree() throws {
    let scratch = try ScratchRepository()
    try scratch.write("tracked", "1")
    try scratch.write("deleted", "1")
    try scratch.write("tracked-but-ignored.log", "1")
    try scratch.commitAll()
    try scratch.write(".gitignore", "*.log\nbuild/\n")
    try scratch.write(".git/info/exclude", "private\n")
    try scratch.write("sub/.gitignore", "/local\n")
    for file in ["untracked", "x.log", "build/out", "private", "sub/local", "sub/kept", "sub/ünï code"] {
      try scratch.write(file, file)
    }
    try scratch.remove("deleted")
    try scratch.write("tracked", "2")
    try scratch.makeExecutable("tracked")
    try scratch.git(["init", "--quiet", "nested"])
    try scratch.write("nested/file", "not ours")

    let tree = try SourceTrees.workTree(at: scratch.path)
    #expect(tree is GitWorkTree)
    let files = try tree.files(under: ".")
    #expect(
      files.map(\.path) == [
        ".gitignore", "sub/.gitignore", "sub/kept", "sub/ünï code", "tracked", "tracked-but-ignored.log", "untracked",
      ])
    #expect(files.filter(\.isExecutable).map(\.path) == ["tracked"])
    #expect(try tree.read("tracked") == Array("2".utf8))
    #expect(try tree.read("deleted") == nil)
    #expect(tree.diskPath("tracked") == scratch.path + "/tracked")
  }

  @Test("the index, the work tree and a commit are three views of one file") func threeViews() throws {
    let scratch = try ScratchRepository()
    try scratch.write("app.py", "committed")
    let commit = try scratch.commitAll()
    try scratch.write("app.py", "staged")
    try scratch.write("new.py", "staged only")
    try scratch.git(["add", "--all"])
    try scratch.write("app.py", "on disk")
    try scratch.remove("new.py")
    try scratch.write("untracked.py", "x")

    let repository = try open(scratch.path)
    let work = try GitWorkTree(repository, projectFolder: scratch.path)
    let index = try GitIndexTree(repository, projectFolder: scratch.path)
    let revision = try GitRevisionTree(repository, revision: "HEAD", projectFolder: scratch.path)
    #expect(try work.read("app.py") == Array("on disk".utf8))
    #expect(try index.read("app.py") == Array("staged".utf8))
    #expect(try revision.read("app.py") == Array("committed".utf8))
    #expect(try work.files(under: ".").map(\.path) == ["app.py", "untracked.py"])
    #expect(try index.files(under: ".").map(\.path) == ["app.py", "new.py"])
    #expect(try revision.files(under: ".").map(\.path) == ["app.py"])
    #expect(revision.commit == commit)
    #expect(try repository.headRevision() == commit)
    #expect(try repository.hasUncommittedChanges())
    #expect(index.diskPath("app.py") == nil)
  }

  @Test("a project in a subfolder sees its own files only, by its own paths") func subfolder() throws {
    let scratch = try ScratchRepository()
    for file in ["other/x", "deep/project/spaceform.yaml", "deep/project/apps/a", "deep/project-2/y"] {
      try scratch.write(file, "1")
    }
    try scratch.commitAll()
    try scratch.write("deep/project/new", "1")
    try scratch.git(["add", "--all"])
    let project = scratch.path + "/deep/project"
    let repository = try open(project)
    let work = try GitWorkTree(repository, projectFolder: project)
    let index = try GitIndexTree(repository, projectFolder: project)
    let revision = try GitRevisionTree(repository, revision: "main", projectFolder: project)
    #expect(try work.files(under: ".").map(\.path) == ["apps/a", "new", "spaceform.yaml"])
    #expect(try index.files(under: ".").map(\.path) == ["apps/a", "new", "spaceform.yaml"])
    #expect(try revision.files(under: ".").map(\.path) == ["apps/a", "spaceform.yaml"])
    #expect(try revision.files(under: "apps").map(\.path) == ["apps/a"])
    #expect(throws: Failure.self) { try index.read("../../other/x") }
    #expect(try repository.hasUncommittedChanges(under: "deep/project"))
    #expect(try !repository.hasUncommittedChanges(under: "other"))
  }

  @Test("a repository without a commit or an index has no files, and its untracked ones on disk") func unborn() throws {
    let scratch = try ScratchRepository()
    try scratch.write("a", "1")
    let repository = try open(scratch.path)
    #expect(try repository.headRevision() == nil)
    #expect(try GitIndexTree(repository, projectFolder: scratch.path).files(under: ".").isEmpty)
    #expect(try GitWorkTree(repository, projectFolder: scratch.path).files(under: ".").map(\.path) == ["a"])
    let failure = #expect(throws: Failure.self) {
      try GitRevisionTree(repository, revision: "main", projectFolder: scratch.path)
    }
    #expect(failure?.doing == "finding the revision main")
  }

  @Test("links in the index and in a commit lead to files inside, and fail when they leave or run in a circle") func links()
    throws
  {
    let scratch = try ScratchRepository()
    try scratch.write("real/file", "hello")
    try scratch.link("link", to: "real/file")
    try scratch.link("chain", to: "link")
    try scratch.link("real/up", to: "../link")
    try scratch.link("folder", to: "real")
    try scratch.link("out", to: "../elsewhere")
    try scratch.link("absolute", to: "/etc/hostname")
    try scratch.link("circle", to: "circle")
    try scratch.commitAll()
    let repository = try open(scratch.path)
    let trees: [any SourceTree] = [
      try GitIndexTree(repository, projectFolder: scratch.path),
      try GitRevisionTree(repository, revision: "HEAD", projectFolder: scratch.path),
    ]
    for tree in trees {
      for path in ["link", "chain", "real/up", "folder/file"] {
        #expect(try tree.read(path) == Array("hello".utf8), "\(path)")
        #expect(try tree.resolved(path) == "real/file", "\(path)")
      }
      #expect(try tree.read("folder") == nil)
      for path in ["out", "absolute", "circle"] { #expect(throws: Failure.self, "\(path)") { try tree.read(path) } }
    }
  }

  @Test("submodules and announced files are not staged files") func notStaged() throws {
    let scratch = try ScratchRepository()
    try scratch.write("a", "1")
    let commit = try scratch.commitAll()
    try scratch.git(["update-index", "--add", "--cacheinfo", "160000,\(commit),module.space.yaml"])
    try scratch.write("announced", "1")
    try scratch.git(["add", "--intent-to-add", "announced"])
    let index = try GitIndexTree(try open(scratch.path), projectFolder: scratch.path)
    #expect(try index.files(under: ".").map(\.path) == ["a"])
    #expect(try index.read("module.space.yaml") == nil)
    #expect(try index.read("announced") == nil)
  }

  @Test("a file in conflict is listed once and refused when read, other files are not") func conflict() throws {
    let scratch = try ScratchRepository()
    try scratch.write("file", "base")
    try scratch.write("other", "o")
    try scratch.commitAll()
    try scratch.git(["checkout", "--quiet", "-b", "theirs"])
    try scratch.write("file", "theirs")
    try scratch.commitAll()
    try scratch.git(["checkout", "--quiet", "main"])
    try scratch.write("file", "ours")
    try scratch.commitAll()
    #expect(try scratch.status(of: ["merge", "theirs"]) != 0)
    let repository = try open(scratch.path)
    let trees: [any SourceTree] = [
      try GitIndexTree(repository, projectFolder: scratch.path), try GitWorkTree(repository, projectFolder: scratch.path),
    ]
    for tree in trees {
      #expect(try tree.files(under: ".").map(\.path) == ["file", "other"])
      #expect(throws: Failure.self) { try tree.read("file") }
      #expect(tree.diskPath("file") == nil)
      #expect(try tree.read("other") == Array("o".utf8))
    }
  }

  @Test("git's environment variables of a hook are honoured: another index, by a relative or absolute path") func hookIndex()
    throws
  {
    let scratch = try ScratchRepository()
    try scratch.write("sub/a", "committed")
    try scratch.commitAll()
    try FileManager.default.copyItem(atPath: scratch.path + "/.git/index", toPath: scratch.path + "/.git/other-index")
    try scratch.write("sub/a", "staged")
    try scratch.git(["add", "--all"])
    for value in [".git/other-index", scratch.path + "/.git/other-index"] {
      // The project is a subfolder, and so is the folder the program was started in; git's paths still mean the top.
      let folder = scratch.path + "/sub"
      let repository = try open(folder, ["GIT_INDEX_FILE": value])
      #expect(try GitIndexTree(repository, projectFolder: folder).read("a") == Array("committed".utf8), "\(value)")
    }
    #expect(try GitIndexTree(try open(scratch.path), projectFolder: scratch.path).read("sub/a") == Array("staged".utf8))
  }

  @Test("an index file that is named and missing is a failure, never an empty index") func missingIndex() throws {
    let scratch = try ScratchRepository()
    try scratch.write("a", "1")
    try scratch.commitAll()
    #expect(throws: Failure.self) { try open(scratch.path, ["GIT_INDEX_FILE": "no/such/index"]) }
  }

  @Test("variables about one repository are not applied to another") func foreignVariables() throws {
    let hooked = try ScratchRepository()
    try hooked.write("theirs", "1")
    try hooked.commitAll()
    let scratch = try ScratchRepository()
    try scratch.write("ours", "1")
    try scratch.commitAll()
    let environment = [
      "PATH": "/usr/bin:/bin", "GIT_DIR": hooked.path + "/.git", "GIT_INDEX_FILE": hooked.path + "/.git/index",
    ]
    let repository = try #require(
      try GitRepository.open(containing: scratch.path, environment: environment, workingFolder: hooked.path))
    #expect(repository.workDirectory == scratch.path)
    #expect(try GitIndexTree(repository, projectFolder: scratch.path).files(under: ".").map(\.path) == ["ours"])
    #expect(try GitWorkTree(repository, projectFolder: scratch.path).files(under: ".").map(\.path) == ["ours"])
  }

  @Test("GIT_DIR with GIT_WORK_TREE names both") func workTreeVariable() throws {
    let scratch = try ScratchRepository()
    try scratch.write("a", "1")
    try scratch.commitAll()
    let elsewhere = try ScratchFolder()
    try elsewhere.write("a", "elsewhere")
    try elsewhere.write("b", "new")
    let repository = try open(elsewhere.path, ["GIT_DIR": scratch.path + "/.git", "GIT_WORK_TREE": elsewhere.path])
    #expect(repository.workDirectory == elsewhere.path)
    let work = try GitWorkTree(repository, projectFolder: elsewhere.path)
    #expect(try work.files(under: ".").map(\.path) == ["a", "b"])
    #expect(try GitIndexTree(repository, projectFolder: elsewhere.path).read("a") == Array("1".utf8))
  }

  @Test("a linked work tree has its own index and head") func linkedWorkTree() throws {
    let scratch = try ScratchRepository()
    try scratch.write("a", "main")
    try scratch.commitAll()
    let parent = try ScratchFolder()
    let linked = parent.path + "/linked"
    try scratch.git(["worktree", "add", "--quiet", "-b", "side", linked])
    try Data("side".utf8).write(to: URL(fileURLWithPath: linked + "/b"))
    try scratch.git(["-C", linked, "add", "b"])
    for environment in [
      [:],
      ["GIT_DIR": scratch.path + "/.git/worktrees/linked", "GIT_INDEX_FILE": scratch.path + "/.git/worktrees/linked/index"],
    ] {
      let repository = try open(linked, environment)
      #expect(repository.workDirectory == linked)
      #expect(repository.commonDirectory == scratch.path + "/.git")
      #expect(try GitIndexTree(repository, projectFolder: linked).files(under: ".").map(\.path) == ["a", "b"])
      #expect(try GitWorkTree(repository, projectFolder: linked).files(under: ".").map(\.path) == ["a", "b"])
    }
    #expect(try GitIndexTree(try open(scratch.path), projectFolder: scratch.path).files(under: ".").map(\.path) == ["a"])
  }
}
