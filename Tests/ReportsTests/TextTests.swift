import SpaceModel
import Testing

@testable import Reports

@Suite("Text on a terminal")
struct TextTests {
  @Test("a table pads its columns to the widest cell, wide characters counted, and the last one not at all")
  func table() {
    var table = TextTable(["NAME", "TITLE", "NOTE"])
    table.add(["a", "日本", "x"])
    table.add(["long-name", "e\u{301}", ""])
    table.add(["b", "two\nlines", "\u{1B}[2J"])
    #expect(
      table.text() == """
        NAME       TITLE          NOTE
        a          日本           x
        long-name  e\u{301}              \("")
        b          two\\u{a}lines  \\u{1b}[2J

        """)
  }

  @Test("a table's looks do not change its widths")
  func decoration() {
    var table = TextTable(["A", "B"])
    table.add(["xx", "y"])
    #expect(table.text { row, column, cell in "<\(row)\(column)\(cell)>" } == "<00A>   <01B>\n<10xx>  <11y>\n")
  }

  @Test("a table of its header alone is its header")
  func header() { #expect(TextTable(["A", "B"]).text() == "A  B\n") }

  @Test(
    "a value shows what it is on one line",
    arguments: [
      ("", "\"\""), ("plain", "plain"), (" padded", "\" padded\""), ("end ", "\"end \""),
      ("a\n\nb\tc\r\n", "a\\n\\nb\\tc\\u{d}\\n"),
      (true, "true"), (3, "3"), (.null, "null"), (["a", 1], "[\"a\",1]"),
      (["value": "v", "description": "d"], "v  (description: d)"),
      (["value": "v", "description": .null], "v  (no description)"),
    ] as [(JSONValue, String)])
  func value(json: JSONValue, text: String) { #expect(OneLine.text(json) == text) }

  @Test("a long value is cut to a width, wide characters counted, at a whole character")
  func cut() {
    #expect(Columns.cut("abcdef", to: 6) == "abcdef")
    #expect(Columns.cut("abcdefg", to: 6) == "abcde…")
    #expect(Columns.cut("日本語日本語", to: 6) == "日本…")
    #expect(Columns.cut("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", to: 5) == "👩‍👩‍👧👩‍👩‍👧…")
    #expect(Columns.count(Columns.cut(String(repeating: "日", count: 200), to: 100)) <= 100)
  }

  @Test("two long values that begin alike are shown from shortly before they differ")
  func pair() {
    let same = String(repeating: "s", count: 120)
    let pair = OneLine.pair(.string(same + "old"), .string(same + "new"))
    #expect(pair.old == "…" + String(repeating: "s", count: 20) + "old")
    #expect(pair.new == "…" + String(repeating: "s", count: 20) + "new")
    let short = OneLine.pair("abc", "abd")
    #expect(short.old == "abc" && short.new == "abd")
  }

  @Test(
    "time that has passed is told in two units",
    arguments: [(-1, "0s"), (0, "0s"), (59, "59s"), (60, "1m 0s"), (125, "2m 5s"), (3600, "1h 0m"), (90_061, "25h 1m")])
  func elapsed(seconds: Int, text: String) { #expect(Elapsed.text(seconds) == text) }

  @Test(
    "sizes are told in decimal units with one digit",
    arguments: [
      (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (1999, "1.9 kB"), (999_999, "999.9 kB"), (1_000_000, "1.0 MB"),
      (1_250_000_000, "1.2 GB"), (5_000_000_000_000, "5000.0 GB"),
    ])
  func bytes(count: Int, text: String) { #expect(ByteCount.text(count) == text) }
}
