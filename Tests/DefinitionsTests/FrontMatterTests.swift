import SpaceModel
import Testing

@testable import YAML

@Suite("Front matter") struct FrontMatterTests {
  @Test("stands between two lines of three dashes at the very top")
  func split() throws {
    let block = try #require(FrontMatter.split("\u{FEFF}\n---\r\ntitle: A\r\n---\r\n# Body\n---\n"))
    #expect(block.yaml == "title: A\r\n")
    #expect(block.yamlStartLine == 3)
    #expect(block.body == "# Body\n---\n")
    #expect(try #require(FrontMatter.split("---\ntitle: ---\n---")).body == "")
    #expect(try #require(FrontMatter.split("---\n---\nrest")).yaml == "")
    for text in ["", "# Title\n---\na: 1\n---\n", "---\na: 1\n", "----\na: 1\n---\n", "--- \na: 1\n---\n", "---"] {
      #expect(FrontMatter.split(text) == nil)
    }
  }

  @Test(
    "is written so that it reads back as it was",
    arguments: [
      "plain", "", " lead", "trail ", "yes", "No", "on", "y", "null", "~", "true", "12", "-1", "+1", "012", "0o7", "0x1f",
      "0b1", "1_000",
      "3.10", "3.10.13", "1e5", ".5", ".inf", "-.Inf", ".NaN", "1:30", "12:30:45", "2026-07-21", "2026-07-21 10:00:00", "=",
      "<<", "---",
      "--- a", "...", "- a", "-a", "?", "? x", ": x", ":x", "a: b", "a:b", "a:", "a #b", "a#b", "#a", "&a", "*a", "!a", "|",
      ">", "'a'", "\"a\"",
      "%a", "@a", "`a`", "[a]", "{a}", ",", "a, b", "💬", "über", "line\nbreak", "tab\there", "\u{7}", "\u{85}", "\u{2028}",
      "\u{FEFF}x", "\\",
      "C:\\x", "it's", "e5", ".env", "v1.0", "1.0.0-beta", "0.0.0.0:7860",
    ])
  func roundTrip(text: String) throws {
    let members: [(String, JSONValue)] = [
      (text.isEmpty ? "empty" : text, .string(text)), ("list", [.string(text), ["k": .string(text)]]),
    ]
    let written = FrontMatterWriter.text(members)
    let (node, findings) = YAMLReader.parse(Array(written.utf8), file: "x")
    #expect(findings == [])
    let root = try #require(node)
    let read = YAMLReader.jsonValue(ofMapping: root)
    #expect(read == Dictionary(members) { first, _ in first })
  }

  @Test("has quotes only where a reader would be misled")
  func quotes() {
    let bare = ["plain", "a:b", "a#b", "-a", "it's", "💬", "v1.0", "docker", "C:\\x", "a, b", ".env", "gradio/app"]
    let quoted = [
      "yes", "off", "n", "012", "3.10", "3.10.13", "1:30", "2026-07-21", "null", "", "a: b", "#a", "=", "0x1f", "1_0",
    ]
    for text in bare { #expect(FrontMatterWriter.text([("k", .string(text))]) == "k: \(text)\n") }
    for text in quoted { #expect(FrontMatterWriter.text([("k", .string(text))]) == "k: \"\(text)\"\n") }
  }

  @Test("is laid out in blocks, in the order given")
  func layout() {
    let text = FrontMatterWriter.text([
      ("title", "Chat"), ("app_port", 7860), ("pinned", false), ("none", nil), ("ratio", .double(1.5)), ("whole", .double(2)),
      ("huge", .double(1e20)), ("tags", ["a", ["b", "c"], ["x": 1, "w": ["z"]]]), ("empty", []), ("void", [:]),
      ("headers", ["cross-origin-opener-policy": "same-origin", "a": ["deep": true]]),
    ])
    #expect(
      text == """
        title: Chat
        app_port: 7860
        pinned: false
        none: null
        ratio: 1.5
        whole: 2.0
        huge: 1.0e+20
        tags:
          - a
          - - b
            - c
          - w:
              - z
            x: 1
        empty: []
        void: {}
        headers:
          a:
            deep: true
          cross-origin-opener-policy: same-origin

        """)
    let (node, _) = YAMLReader.parse(Array(text.utf8), file: "x")
    #expect(node?["whole"]?.json == .double(2) && node?["huge"]?.json == .double(1e20))
  }

  @Test("takes a key longer than YAML's short form")
  func longKey() throws {
    let key = String(repeating: "k", count: 2000)
    let (node, findings) = YAMLReader.parse(Array(FrontMatterWriter.text([(key, ["a"])]).utf8), file: "x")
    #expect(findings == [])
    #expect(node?.json == .object([key: ["a"]]))
  }
}
