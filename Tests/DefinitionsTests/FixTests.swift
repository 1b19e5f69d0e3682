import Diagnostics
import Testing
import YAML

@testable import Definitions

@Suite("A fix") struct FixTests {
  /// Removes the entry whose key is marked, and gives the text; nil when there is no safe way.
  private func removing(_ marked: String) throws -> String? {
    let given = Marked(marked)
    let key = try #require(given.spans.first)
    let text = SourceText(Array(given.text.utf8), file: "x")
    let root = try #require(YAMLReader.parse(Array(given.text.utf8), file: "x").node)
    let span = SourceSpan(file: "x", start: key.start, end: key.end)
    guard let edit = EntryRemoval.edit(ofKey: span, in: text, root: root) else { return nil }
    let finding = Finding(rule: "SF104", message: "m", span: span, fix: Fix("remove it", edits: [edit]))
    let round = try FixRound([finding]) { _ in Array(given.text.utf8) }
    return round.files["x"].map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("takes an entry out of a block mapping with its comment, and leaves the rest")
  func block() throws {
    #expect(try removing("# a\nname: chat\n«hardware»: x # gone\n# b\nsdk: static\n") == "# a\nname: chat\n# b\nsdk: static\n")
    #expect(try removing("name: chat\r\n«sleep_time»: 1h\r\nsdk: static\r\n") == "name: chat\r\nsdk: static\r\n")
    #expect(try removing("name: chat\n«sleep_time»: 1h") == "name: chat\n")
    #expect(try removing("card:\n  title: a\n  «tags»:\n    - x\n    - y\nname: b\n") == "card:\n  title: a\nname: b\n")
    #expect(try removing("a: 1\n«b»: [1,\n 2] # c\nd: 3\n") == "a: 1\nd: 3\n")
  }

  @Test("takes an entry out of a flow mapping with one comma")
  func flow() throws {
    #expect(try removing("v: { a: 1, «b»: 2, c: 3 } # d\n") == "v: { a: 1, c: 3 } # d\n")
    #expect(try removing("v: { «a»: 1, b: 2 }\n") == "v: { b: 2 }\n")
    #expect(try removing("v: { a: 1, «b»: [x, y] }\n") == "v: { a: 1 }\n")
  }

  @Test("is none where it is not certain what goes")
  func uncertain() throws {
    #expect(try removing("v: { «a»: 1 }\n") == nil)
    #expect(try removing("card:\n  «title»: a\nname: b\n") == nil)
    #expect(try removing("l:\n  - «a»: 1\n    b: 2\n") == nil)
    #expect(try removing("a: 1\n«b»: |\n  text\nc: 2\n") == nil)
    #expect(try removing("v: { a: 1, # one\n  «b»: 2 }\n") == nil)
  }

  @Test("waits for the next round when another one changed the same place, and counts a repeated one once more")
  func overlap() throws {
    func finding(_ start: Int, _ end: Int, _ text: String) -> Finding {
      let span = SourceSpan(file: "x", start: Position(line: 1, column: start), end: Position(line: 1, column: end))
      return Finding(rule: "SF1", message: text, span: span, fix: Fix("f", edits: [Fix.Edit(span, replacement: text)]))
    }
    let round = try FixRound([finding(1, 3, "A"), finding(2, 4, "B"), finding(5, 5, "+"), finding(1, 3, "A")]) { _ in
      Array("abcdef".utf8)
    }
    #expect(round.files["x"].map { String(decoding: $0, as: UTF8.self) } == "Acd+ef")
    #expect(round.fixed.map(\.message) == ["A", "+", "A"])
  }

  @Test("counts characters, not bytes, and knows every line break")
  func places() {
    let text = SourceText(Array("\u{FEFF}ä: 日本\r\nb\u{2028}c\rd".utf8), file: "x")
    #expect(text.lines.map(text.text) == ["ä: 日本", "b", "c", "d"])
    for (line, column) in [(1, 1), (1, 4), (1, 6), (2, 1), (3, 2), (4, 1)] {
      let place = Position(line: line, column: column)
      #expect(text.position(text.index(place)) == place)
    }
    #expect(text.index(Position(line: 9, column: 1)) == text.bytes.endIndex)
    #expect(text.position(text.index(Position(line: 2, column: 7))) == Position(line: 2, column: 2))
  }
}
