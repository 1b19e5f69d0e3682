import Diagnostics
import SpaceModel
import Testing

@testable import YAML

@Suite("Reading YAML") struct YAMLReaderTests {
  private func read(_ text: String) -> (node: YAMLNode?, findings: [Finding]) {
    YAMLReader.parse(Array(text.utf8), file: "x.yaml")
  }

  @Test("takes bare words by YAML 1.2, and by nothing else")
  func meaning() throws {
    let (node, findings) = read(
      """
      a: [yes, no, on, off, y, 012, 1:30, 0o17, 0x1F, 1_000, +7, -3, 1e3, .5, 1., 3.10.13, .inf, .nan, 2026-07-21]
      b: [true, True, FALSE, tRUE, null, ~, Null, NULL, nULL, "null", '12', "true", "", 1.5]
      c:
      d: |
        12
      e: !!str 12
      """)
    #expect(findings == [])
    let json = try #require(node).json
    #expect(
      json["a"] == [
        "yes", "no", "on", "off", "y", "012", "1:30", 15, 31, "1_000", 7, -3, .double(1000), .double(0.5), .double(1),
        "3.10.13", ".inf", ".nan", "2026-07-21",
      ])
    #expect(
      json["b"] == [true, true, false, "tRUE", nil, nil, nil, nil, "nULL", "null", "12", "true", "", .double(1.5)])
    #expect(json["c"] == JSONValue.null)
    #expect(json["d"] == "12\n")
    #expect(json["e"] == "12")
  }

  @Test("knows where every node begins and ends")
  func places() throws {
    let (node, _) = read("\u{FEFF}# first\nname: chat\nlist:\n  - a\n  - {b: \"ü💬\", c: [1, 2]}\nlast: x\n")
    let root = try #require(node)
    func place(_ node: YAMLNode?) -> [Int]? { node.map { [$0.start.line, $0.start.column, $0.end.line, $0.end.column] } }
    #expect(place(root) == [2, 1, 6, 8])
    #expect(place(root["name"]) == [2, 7, 2, 11])
    #expect(place(root["list"]) == [4, 3, 5, 25])
    #expect(place(root["list"]?.elements?[0]) == [4, 5, 4, 6])
    #expect(place(root["list"]?.elements?[1]) == [5, 5, 5, 25])
    #expect(place(root["list"]?.elements?[1]["b"]) == [5, 9, 5, 13])
    #expect(place(root["list"]?.elements?[1]["c"]) == [5, 18, 5, 24])
    #expect(place(root.entries?[2].key) == [6, 1, 6, 5])
  }

  @Test("reports every repeated key, each with the place of the first")
  func duplicates() throws {
    let (node, findings) = read("a: 1\nb: {x: 1, x: 2}\na: 2\n\"a\": 3\n" + (1...12).map { "k\($0): 1\n" }.joined() + "k9: 2\n")
    #expect(findings.map(\.rule) == Array(repeating: YAMLRule.duplicateKey, count: 4))
    #expect(findings.map(\.span.start.line) == [2, 3, 4, 17])
    #expect(findings.map { $0.related.first?.span.start.line } == [2, 1, 1, 13])
    #expect(try #require(node)["a"]?.json == 1)
  }

  @Test("follows aliases, which stand where they are written")
  func aliases() throws {
    let (node, findings) = read("base: &b {x: 1}\nuse: *b\n")
    #expect(findings == [])
    let root = try #require(node)
    #expect(root["use"]?.json == ["x": 1])
    #expect(root["use"]?.start == Position(line: 2, column: 6))
    #expect(read("a: *nobody\nb: &x [*x]\n").findings.map(\.rule) == [YAMLRule.syntax, YAMLRule.syntax])
  }

  @Test("is not blown up by aliases of aliases")
  func laughs() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...20 {
      text += "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ") + "]\n"
    }
    let (node, findings) = read(text)
    #expect(node == nil)
    #expect(findings.map(\.rule) == [YAMLRule.limit])
  }

  @Test("stops at 64 levels, aliases followed")
  func depth() {
    func nested(_ levels: Int) -> String { String(repeating: "[", count: levels) + String(repeating: "]", count: levels) }
    #expect(read(nested(64)).findings == [])
    #expect(read(nested(65)).findings.map(\.rule) == [YAMLRule.limit])
    #expect(read(String(repeating: "[", count: 200_000)).findings.map(\.rule) == [YAMLRule.limit])
    #expect(
      read("a: &a \(nested(40))\nb: \(String(repeating: "[", count: 40))*a\(String(repeating: "]", count: 40))").findings.map(
        \.rule) == [YAMLRule.limit])
  }

  @Test("says where the text stops being YAML")
  func syntax() throws {
    let finding = try #require(read("a: 1\nb: [1, 2\nc: 3\n").findings.first)
    #expect(finding.rule == YAMLRule.syntax)
    #expect(finding.span.start.line == 3)
    #expect(read("a:\n\t- 1\n").findings.first?.span.start == Position(line: 2, column: 1))
    #expect(read("a: b: c\n").findings.first?.help?.contains("colon") == true)
  }

  @Test("says where the bytes stop being UTF-8")
  func encoding() throws {
    let (node, findings) = YAMLReader.parse(Array("name: chat\nx: ü".utf8) + [0xFF, 0x41], file: "x.yaml")
    #expect(node == nil)
    let finding = try #require(findings.first)
    #expect(finding.rule == YAMLRule.encoding)
    #expect(finding.span.start == Position(line: 2, column: 5))
  }

  @Test("takes an empty file for nothing, without a complaint of its own")
  func empty() {
    for text in ["", "# only a comment\n", "---\n...\n", "\u{FEFF}"] {
      let (node, findings) = read(text)
      #expect(findings == [])
      #expect(node == nil || node?.json == .null)
    }
  }

  @Test("refuses a second document, tags and keys that are no names")
  func extras() {
    #expect(read("a: 1\n---\nb: 2\n").findings.map(\.rule) == [YAMLRule.documents])
    #expect(read("a: !secret x\n").findings.map(\.rule) == [YAMLRule.syntax])
    #expect(read("[a, b]: x\n").findings.map(\.rule) == [YAMLRule.syntax])
  }

  @Test("never crashes, whatever the bytes")
  func noise() {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    let alphabet = Array("ab:-[]{}&*!|>'\"%@`#,? \n\t\r0~.ü\u{0}".utf8) + [0xFF, 0xC3, 0xEF, 0xBB, 0xBF]
    for _ in 0..<3000 {
      var bytes: [UInt8] = []
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      for _ in 0..<Int(state >> 58) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes.append(alphabet[Int(state >> 33) % alphabet.count])
      }
      let (node, findings) = YAMLReader.parse(bytes, file: "x")
      for finding in findings { #expect(finding.span.start.line >= 1 && finding.span.start.column >= 1) }
      if node == nil { continue }
      _ = node?.json
    }
  }
}
