import Diagnostics
import Files
import Testing

@Suite("A project folder outside git") struct WorkTreeTests {
  @Test("lists every file but git's own, sorted by bytes, with what git would record") func listing() throws {
    let folder = try ScratchFolder()
    for file in ["b.txt", "B.txt", "a/deep/x", "a.b", "a/é", ".gitignore", "sub/.git/config", ".git/HEAD"] {
      try folder.write(file, file)
    }
    try folder.makeExecutable("b.txt")
    try folder.link("link", to: "a.b")
    try folder.link("folder-link", to: "a")
    let tree = try WorkTree(folder.path)
    let files = try tree.files(under: ".")
    #expect(
      files.map(\.path) == [".gitignore", "B.txt", "a.b", "a/deep/x", "a/é", "b.txt", "folder-link", "link"])
    #expect(files.filter(\.isExecutable).map(\.path) == ["b.txt"])
    #expect(files.filter(\.isSymbolicLink).map(\.path) == ["folder-link", "link"])
    #expect(try tree.files(under: "a").map(\.path) == ["a/deep/x", "a/é"])
    #expect(try tree.files(under: "./a/").map(\.path) == ["a/deep/x", "a/é"])
    #expect(try tree.files(under: "none").isEmpty)
    #expect(try tree.files(under: "b.txt").isEmpty)
  }

  @Test("reads files and links inside it, and nil for folders and missing files") func reading() throws {
    let folder = try ScratchFolder()
    try folder.write("a/x", "hello")
    try folder.write("empty", "")
    try folder.link("a/link", to: "x")
    let tree = try WorkTree(folder.path)
    #expect(try tree.read("a/x") == Array("hello".utf8))
    #expect(try tree.read("a/link") == Array("hello".utf8))
    #expect(try tree.resolved("a/link") == "a/x")
    #expect(try tree.read("empty") == [])
    #expect(try tree.read("a") == nil)
    #expect(try tree.read("a/none") == nil)
    #expect(try tree.read("a/x/below") == nil)
    #expect(tree.diskPath("a/x") == folder.path + "/a/x")
    #expect(tree.diskPath("a") == nil)
  }

  @Test("never reads outside: not by dots, not by a link to a file, a folder or git's own") func containment() throws {
    let outside = try ScratchFolder()
    try outside.write("secret", "s")
    // A sibling whose name begins with the project's: a prefix comparison without the slash would let it through.
    let parent = try ScratchFolder()
    try parent.write("project/file", "f")
    try parent.write("project-other/secret", "s")
    try parent.write("project/.git/config", "token")
    try parent.link("project/file-link", to: outside.path + "/secret")
    try parent.link("project/folder-link", to: outside.path)
    try parent.link("project/sibling", to: "../project-other/secret")
    try parent.link("project/config", to: ".git/config")
    let tree = try WorkTree(parent.path + "/project")
    for path in [
      "../project-other/secret", "file-link", "folder-link/secret", "sibling", "config", ".git/config", "/etc/hostname",
    ] {
      #expect(throws: Failure.self, "\(path)") { try tree.read(path) }
      #expect(throws: Failure.self, "\(path)") { try tree.resolved(path) }
      #expect(tree.diskPath(path) == nil, "\(path)")
    }
  }

  @Test("a folder that does not exist is a failure") func missingFolder() throws {
    let folder = try ScratchFolder()
    #expect(throws: Failure.self) { try WorkTree(folder.path + "/none") }
  }

  @Test("a listing finds a folder's files between neighbours that share its prefix") func neighbours() {
    let listing = FileListing(["a-b/x", "a.c", "a/b", "a/c/d", "a0", "b"].shuffled().map { SourceFile(path: $0) })
    #expect(listing.files(under: "a").map(\.path) == ["a/b", "a/c/d"])
    #expect(listing.files(under: "a-b").map(\.path) == ["a-b/x"])
    #expect(listing.files(under: "b").isEmpty)
    #expect(listing.file(at: "a/c/d") != nil)
    #expect(listing.file(at: "a/c") == nil)
    #expect(FileListing([]).files(under: "a").isEmpty)
  }
}
