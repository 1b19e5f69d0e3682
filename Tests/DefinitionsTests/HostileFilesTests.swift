import Diagnostics
import Files
import SpaceModel
import Testing

@testable import Definitions
@testable import Reports
@testable import YAML

@Suite("Files that nobody wrote by hand") struct HostileFilesTests {
  @Test("a text of a million letters is not compared with every known word, and is not repeated in full")
  func longWords() throws {
    let word = String(repeating: "h", count: 1_000_000)
    #expect(Suggestion.nearest(to: word, among: ["hardware", "header"]) == nil)
    let finding = Finding(rule: "SF010", message: "unknown key `\(word)`", help: word, span: SourceSpan(file: "x"))
    #expect(finding.message.hasPrefix("unknown key `hhh") && finding.message.hasSuffix("hhh`"))
    #expect(finding.message.utf8.count < 3000)
    #expect(finding.help?.contains("…") == true)
  }

  @Test("of a line longer than any terminal, what stands around the mark is shown")
  func longLine() {
    let line = Array((String(repeating: "a", count: 5000) + "X" + String(repeating: "b", count: 5000)).unicodeScalars)
    func snippet(_ column: Int, _ end: Int) -> Snippet {
      let span = SourceSpan(file: "x", start: Position(line: 1, column: column), end: Position(line: 1, column: end))
      return Snippet(line, span: span, mark: "^")
    }
    let middle = snippet(5001, 5002)
    #expect(middle.line.hasPrefix("…aaa") && middle.line.hasSuffix("bbb…"))
    #expect(middle.line.unicodeScalars.count == Snippet.limit + 2)
    #expect(Array(middle.line)[middle.marks.count - 1] == "X" && middle.marks.hasSuffix(" ^"))
    #expect(snippet(1, 2).line.hasPrefix("aaa") && snippet(1, 2).marks == "^")
    #expect(snippet(10_001, 10_001).line.hasSuffix("bbb") && snippet(1, 10_001).marks.count == Snippet.limit)
    #expect(Snippet(Array("abc".unicodeScalars), span: SourceSpan(file: "x"), mark: "^").line == "abc")
  }

  @Test("thousands of members, layers merged, are each looked at once")
  func members() throws {
    let many = (1...20_000).map { "  K\($0): own\n" }.joined()
    let project = plainProject + "defaults:\n  variables:\n" + (1...20_000).map { "    D\($0): under\n" }.joined()
    let loaded = try load(space: "name: chat\nvariables:\n" + many, project: project)
    #expect(loaded.fleet?.spaces.first?.variables.count == 40_000)
  }

  @Test("members merge down to where a nearer layer, or one between, says something else")
  func layers() throws {
    func node(_ text: String) throws -> YAMLNode { try #require(YAMLReader.parse(Array(text.utf8), file: "x").node) }
    func layer(_ text: String) throws -> Layered.Layer {
      Layered.Layer(file: "x", isDefault: false, key: nil, node: try node(text))
    }
    let layered = Layered(
      try layer("{a: {x: 1}, b: [1], c: {p: 1}, k: 1, k: 2}"),
      over: [try layer("{a: {y: 2}, b: {z: 1}, c: 5, d: {e: 1}}"), try layer("{a: {x: 9, w: 3}, c: {q: 1}, d: {f: 2}, g: 1}")])
    #expect(
      layered.json == ["a": ["x": 1, "y": 2, "w": 3], "b": [1], "c": ["p": 1], "k": 1, "d": ["e": 1, "f": 2], "g": 1])
    for (name, value) in layered.members { #expect(layered[name]?.json == value.json, "\(name)") }
  }

  @Test("thousands of comments for us are judged in no time, and removed in one round")
  func comments() throws {
    let count = 5000
    let space = "name: chat\n" + String(repeating: "# spaceform: ignore SF203\n", count: count) + "sdk: docker\n"
    let loaded = try load(space: space)
    #expect(loaded.findings.map(\.rule) == Array(repeating: "SF018", count: count))
    let round = try FixRound(loaded.findings) { _ in Array(space.utf8) }
    #expect(round.files["spaces/chat.space.yaml"] == Array("name: chat\nsdk: docker\n".utf8))
  }

  @Test("a comment at the end of a file without a line end is removed within the file")
  func lastComment() throws {
    let space = "name: chat\n# spaceform: ignore SF203"
    let finding = try #require(try load(space: space).findings.first)
    #expect(finding.fix?.edits.first?.span.end == Position(line: 2, column: 26))
  }

  @Test("a pattern that is never done is given up")
  func endlessPattern() {
    let name = String(repeating: "a", count: 24) + "b"
    #expect(NameSearch.matches("^(a+)+$", in: [name], patience: 0.01) == nil)
    #expect(NameSearch.matches("^(a+)+$", in: ["aaa", "b"], patience: 60) == [true, false])
    #expect(NameSearch.matches("(", in: ["a"]) == nil)
  }

  @Test("costs beyond counting are no crash")
  func replicas() throws {
    let space = "name: chat\nhardware: t4-small\nsleep_time: 1h\nreplicas: 9223372036854775807\n"
    let loaded = try load(space: space, project: plainProject + "policy: { max_monthly_usd: 1e308 }\n")
    #expect(loaded.findings.contains { $0.rule == "SF501" || $0.rule == "SF502" } || loaded.fleet != nil)
  }

  @Test(
    "secrets in one line of a file that is no YAML are not shown, and a comment about secrets hides nothing",
    arguments: [
      ("{ name: chat, secrets: { A: canary }, x: [ }\n", false), ("a: 1\rsecrets:\r  A: canary\rsdk: [\r", false),
      ("? secrets\n: { A: canary\n", false), ("x: { 'secrets' : { A:\ncanary } ]\n", false),
      ("# the secrets: elsewhere\nname: canary\nx: [}\n", true), ("no_secrets: [ canary\n", true),
      ("a: 1\r\nsecrets:\r\n  A: canary e\u{301}\r\n  B: [\r\n", false),
    ])
  func redaction(text: String, isShown: Bool) {
    let shown = Redaction.text(Array(text.utf8), hiding: [], isUnreadable: true)
    #expect(shown.contains("canary") == isShown)
    #expect(shown.unicodeScalars.count == text.unicodeScalars.count)
  }
}

@Suite("Places in a text") struct TextPlacesTests {
  private func finding(_ bytes: [UInt8]) throws -> Finding {
    try #require(YAMLReader.parse(bytes, file: "x").findings.first)
  }

  @Test("of bytes that are no text count every kind of line end")
  func encoding() throws {
    let text = "a: 1\rb: 2\r\nc: \u{85}d: \u{2028}\u{E9}: "
    #expect(try finding(Array(text.utf8) + [0xFF]).span.start == Position(line: 5, column: 4))
    #expect(try finding([0xEF, 0xBB, 0xBF] + Array("a: ".utf8) + [0]).span.start == Position(line: 1, column: 4))
  }

  @Test(
    "stay in a text whose last line has no end", arguments: ["name: chat\n[sdk: docker]", "a: \"b", "a:\n  - [b", "? a\nb"])
  func end(text: String) throws {
    let lines = text.split(separator: "\n").map(\.unicodeScalars.count)
    for span in [try finding(Array(text.utf8))].flatMap({ [$0.span] + $0.related.map(\.span) }) {
      #expect(span.start.line <= lines.count && span.start.column <= lines[span.start.line - 1] + 1)
    }
    let (node, _) = YAMLReader.parse(Array("? a".utf8), file: "x")
    #expect(node?.end == Position(line: 1, column: 4))
  }

  @Test("are found in a text with thousands of quoted scalars")
  func opaque() {
    let text = (1...2000).map { "k\($0): '# \($0)' # c\n" }.joined()
    let document = YAMLReader.read(Array(text.utf8), file: "x")
    #expect(document.isOpaque(Position(line: 1500, column: 9)))
    #expect(!document.isOpaque(Position(line: 1500, column: 18)))
    #expect(!document.isOpaque(Position(line: 2001, column: 1)))
  }

  @Test("more directives than a file can need are refused, not compared with each other")
  func directives() throws {
    let many = String(repeating: "%TAG !a! tag:x,2000:\n", count: 1001)
    #expect(try finding(Array((many + "---\na: 1\n").utf8)).rule == YAMLRule.limit)
    #expect(YAMLReader.parse(Array(("a: |\n" + String(repeating: "  %x\n", count: 2000)).utf8), file: "x").findings == [])
  }

  @Test("a number that no number can hold is text")
  func numbers() {
    let digits = String(repeating: "9", count: 400)
    #expect(CoreSchema.value(ofPlain: digits) == .string(digits))
    #expect(CoreSchema.value(ofPlain: "-" + digits) == .string("-" + digits))
  }
}
