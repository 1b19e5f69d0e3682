import Testing

@testable import Definitions

@Suite("A pattern of paths") struct GlobTests {
  @Test(
    "matches",
    arguments: [
      ("spaces/**/*.space.yaml", "spaces/a.space.yaml"), ("spaces/**/*.space.yaml", "spaces/x/y/a.space.yaml"), ("**", "a/b"),
      ("*.yaml", "a.yaml"), ("a?c", "aüc"), ("a*b*c", "aXbYbZc"), ("**/x/**/y", "x/y"), ("**/x/**/y", "a/x/b/x/c/y"),
      ("./a/*", "a/b"),
    ])
  func yes(pattern: String, path: String) { #expect(Glob(pattern).matches(path)) }

  @Test(
    "does not match",
    arguments: [
      ("spaces/**/*.space.yaml", "other/a.space.yaml"), ("*.yaml", "a/b.yaml"), ("a?c", "ac"), ("a*b", "abc"),
      ("a/**/b", "a/b/c"),
      ("spaces/*.yaml", "spaces/x/a.yaml"), ("", "a"),
    ])
  func no(pattern: String, path: String) { #expect(!Glob(pattern).matches(path)) }

  @Test("is listed from the folder above its first wildcard")
  func folder() {
    #expect(Glob("spaces/x/**/*.yaml").folder == "spaces/x")
    #expect(Glob("*.yaml").folder == ".")
    #expect(Glob("spaces/a.yaml").folder == "spaces")
  }

  @Test("does not take exponential time")
  func hostile() {
    let pattern = String(repeating: "*a", count: 40) + "b"
    #expect(!Glob(pattern).matches(String(repeating: "a", count: 2000)))
    #expect(
      !Glob(String(repeating: "**/a/", count: 40) + "b").matches(Array(repeating: "a", count: 300).joined(separator: "/")))
  }
}
