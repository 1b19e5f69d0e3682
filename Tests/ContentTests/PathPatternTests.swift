import Files
import Testing

@Suite("Path patterns") struct PathPatternTests {
  /// Every case was decided by `git check-ignore`; GitIgnoreAgreementTests asks git again.
  static let cases: [(patterns: [String], ignored: [String], kept: [String])] = [
    (["*.ipynb"], ["a.ipynb", "deep/down/b.ipynb"], ["a.ipynb.txt", "ipynb"]),
    (["build/"], ["build/x", "sub/build/x"], ["build", "builds/x"]),
    (["/rooted"], ["rooted", "rooted/x"], ["sub/rooted"]),
    (["a/b"], ["a/b", "a/b/c"], ["x/a/b"]),
    (["**/logs"], ["logs", "x/logs", "x/y/logs/z"], ["logs2"]),
    (["docs/**"], ["docs/a", "docs/b/c"], ["docs", "x/docs/a"]),
    (["a/**/z"], ["a/z", "a/b/z", "a/b/c/z"], ["a/b", "z"]),
    (["*.log", "!keep.log"], ["x.log", "d/y.log"], ["keep.log", "d/keep.log"]),
    (["out/", "!out/keep"], ["out/keep", "out/x"], ["in/x"]),
    (["out/*", "!out/keep"], ["out/x"], ["out/keep"]),
    (["data?.csv", "f[0-9].bin", "g[!a].bin"], ["data1.csv", "f7.bin", "gb.bin"], ["data.csv", "fx.bin", "ga.bin"]),
    (["\\!odd", "\\#odd", "# comment", ""], ["!odd", "#odd"], ["# comment", "odd"]),
    (["spaced ", "kept\\ "], ["spaced", "kept "], ["spaced ", "kept"]),
    (["*"], ["a", "b/c"], []),
    (["[x"], [], ["[x", "x"]),
    (["[[:digit:]]x"], ["1x"], ["ax"]),
  ]

  @Test("gitignore lines decide as git does", arguments: cases.indices) func decides(index: Int) {
    let (patterns, ignored, kept) = Self.cases[index]
    let list = IgnoreList(patterns)
    for path in ignored { #expect(list.ignores(path), "\(patterns) ignores \(path)") }
    for path in kept { #expect(!list.ignores(path), "\(patterns) keeps \(path)") }
  }

  @Test("git itself decides the same", arguments: cases.indices) func gitAgrees(index: Int) throws {
    let (patterns, ignored, kept) = Self.cases[index]
    // git strips nothing from names, but a file name that ends in a space needs the pattern's own quoting; all are legal on disk.
    let repository = try ScratchRepository()
    try repository.write(".git/info/exclude", patterns.joined(separator: "\n") + "\n")
    for (path, expected) in ignored.map({ ($0, true) }) + kept.map({ ($0, false) }) {
      try repository.write(path, "x")
      let status = try repository.status(of: ["check-ignore", "--quiet", "--no-index", "--", path])
      #expect((status == 0) == expected, "\(patterns): \(path)")
      try repository.remove(path.split(separator: "/").first.map(String.init) ?? path)
    }
  }

  @Test("many stars do not make matching explode") func manyStars() {
    let list = IgnoreList([String(repeating: "*a", count: 40) + "b", String(repeating: "**/a/", count: 20) + "b"])
    #expect(!list.ignores(String(repeating: "a", count: 5_000)))
    #expect(!list.ignores(Array(repeating: "a", count: 200).joined(separator: "/")))
  }
}

@Suite("A pattern of whole paths") struct GlobTests {
  @Test(
    "matches",
    arguments: [
      ("spaces/**/*.space.yaml", "spaces/chat.space.yaml"), ("spaces/**/*.space.yaml", "spaces/team/eu/chat.space.yaml"),
      ("**", "a/b/c"), ("*.yaml", "a.yaml"), ("a?c", "aüc"), ("a*b*c", "aXbYbZc"), ("**/x/**/y", "x/y"),
      ("**/x/**/y", "a/x/b/x/c/y"), ("./a/*", "a/b"), ("a/[bc].yaml", "a/c.yaml"), ("a/\\*", "a/*"),
    ])
  func yes(pattern: String, path: String) { #expect(Glob(pattern).matches(path)) }

  @Test(
    "does not match",
    arguments: [
      ("spaces/**/*.space.yaml", "other/spaces/chat.space.yaml"), ("spaces/**/*.space.yaml", "spaces/chat.yaml"),
      ("*", "a/b"), ("*.yaml", "a/b.yaml"), ("a?c", "ac"), ("a*b", "abc"), ("a/**/b", "a/b/c"),
      ("spaces/*.yaml", "spaces/x/a.yaml"), ("", "a"), ("a/**", "a"), ("a/\\*", "a/b"),
    ])
  func no(pattern: String, path: String) { #expect(!Glob(pattern).matches(path)) }

  @Test(
    "is listed from the folder above its first wildcard",
    arguments: [
      ("spaces/x/**/*.yaml", "spaces/x"), ("*.yaml", "."), ("spaces/a.yaml", "spaces"), ("a.yaml", "."), ("a/[b]/c", "a"),
      ("a/\\*b/c", "a/*b"), ("a/**", "a"), ("", "."),
    ])
  func folder(pattern: String, folder: String) { #expect(Glob(pattern).folder == folder) }

  @Test("does not take exponential time")
  func hostile() {
    let pattern = String(repeating: "*a", count: 40) + "b"
    #expect(!Glob(pattern).matches(String(repeating: "a", count: 2000)))
    let deep = Array(repeating: "a", count: 300).joined(separator: "/")
    #expect(!Glob(String(repeating: "**/a/", count: 40) + "b").matches(deep))
  }
}

@Suite("Project paths") struct ProjectPathTests {
  @Test(
    "are brought to one form",
    arguments: [
      ("a/b", "a/b"), ("./a//b/", "a/b"), ("a/./b/../c", "a/c"), (".", "."), ("", "."), ("a/..", "."), ("..a/b..", "..a/b.."),
    ])
  func normal(path: String, expected: String) throws {
    #expect(try ProjectPath.normalised(path) == expected)
  }

  @Test(
    "that lead out of the folder are failures",
    arguments: ["..", "a/../..", "/etc/passwd", "../project/a", "a\u{0}b", "a/\u{0}/.."])
  func leaving(path: String) {
    #expect(throws: (any Error).self) { try ProjectPath.normalised(path) }
    #expect(ProjectPath.normal(path) == nil)
  }
}
