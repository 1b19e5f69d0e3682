import Git
import Testing

@Suite("Differences of two texts")
struct UnifiedDiffTests {
  private func hunks(_ old: String, _ new: String) -> UnifiedDiff.Outcome? {
    UnifiedDiff.between(Array(old.utf8), and: Array(new.utf8))
  }

  @Test("are hunks with three lines around them")
  func change() {
    let lines = (1...20).map { "line \($0)\n" }
    var changed = lines
    changed[9] = "ten\n"
    #expect(
      hunks(lines.joined(), changed.joined())
        == .hunks(
          """
          @@ -7,7 +7,7 @@ line 6
           line 7
           line 8
           line 9
          -line 10
          +ten
           line 11
           line 12
           line 13

          """))
  }

  @Test("know beginnings and ends: a new file, one that goes, a last line without its end")
  func ends() {
    #expect(hunks("", "a\n") == .hunks("@@ -0,0 +1 @@\n+a\n"))
    #expect(hunks("a\n", "") == .hunks("@@ -1 +0,0 @@\n-a\n"))
    #expect(hunks("a", "a\n") == .hunks("@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"))
    #expect(hunks("a\n", "a\n") == .hunks(""))
    #expect(hunks("", "") == .hunks(""))
  }

  @Test("a line that looks like a hunk's head is one of the text")
  func misleading() {
    #expect(hunks("@@ -1 +1 @@\n", "--- a\n+++ b\n") == .hunks("@@ -1 +1,2 @@\n-@@ -1 +1 @@\n+--- a\n++++ b\n"))
  }

  @Test("bytes that are no text are said to be none, and bytes that are no UTF-8 are shown as far as they are")
  func binary() {
    #expect(UnifiedDiff.between([1, 0, 2], and: [1, 0, 3]) == .binary)
    #expect(UnifiedDiff.between([0xFF, 0x0A], and: [0x61, 0x0A]) == .hunks("@@ -1 +1 @@\n-\u{FFFD}\n+a\n"))
  }
}
