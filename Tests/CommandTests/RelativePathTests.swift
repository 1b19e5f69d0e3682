import Testing

@testable import spaceform

@Suite("The way between two folders")
struct RelativePathTests {
  @Test(
    "goes up as far as it must, then down",
    arguments: [
      ("/a/b", "/a/b", "."), ("/a/b/c", "/a/b", ".."), ("/a", "/a/b/c", "b/c"), ("/a/x/y", "/a/b", "../../b"), ("/", "/a", "a"),
      ("/a/bc", "/a/b", "../b"),
    ])
  func between(_ start: String, _ end: String, _ way: String) { #expect(RelativePath.from(start, to: end) == way) }
}
