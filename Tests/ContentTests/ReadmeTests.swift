import Content
import Diagnostics
import SpaceModel
import Testing

@Suite("README.md") struct ReadmeTests {
  @Test(
    "is taken apart whatever its line ends, byte order mark and leading white space",
    arguments: ["\n", "\r\n", "\r"], ["", "\u{FEFF}", "\n \n", "\u{FEFF}\n"])
  func parts(end: String, before: String) throws {
    let text = before + ["---", "title: Chat", "app_port: 7860", "---", "# Chat", ""].joined(separator: end)
    let readme = try #require(ReadmeParser.parse(text))
    #expect(readme.frontMatter == ["title": "Chat", "app_port": 7860])
    #expect(Readme.trimmed(readme.body) == "# Chat")
    #expect(readme.text == text)
  }

  @Test("without a block is all body; an empty block is no front matter") func withoutBlock() throws {
    let plain = try #require(ReadmeParser.parse("# Chat\n\n---\nnot: front matter\n---\n"))
    #expect(plain.frontMatter.isEmpty)
    #expect(plain.body == "# Chat\n\n---\nnot: front matter\n---\n")
    let empty = try #require(ReadmeParser.parse("---\n---\nbody\n"))
    #expect(empty.frontMatter.isEmpty)
    #expect(empty.body == "body\n")
    #expect(ReadmeParser.parse("\u{FEFF}body")?.body == "body")
    #expect(ReadmeParser.parse("")?.body == "")
  }

  @Test("whose block is no mapping cannot be parsed, and the failure names the line", arguments: ["- a\n- b\n", "text\n"])
  func notAMapping(block: String) {
    #expect(ReadmeParser.parse("---\n\(block)---\n") == nil)
    #expect(throws: Failure.self) { try ReadmeParser.read(Array("---\n\(block)---\n".utf8), file: "a/README.md") }
  }

  @Test("with broken YAML fails with the place in the file, not in the block") func place() {
    let failure = #expect(throws: Failure.self) {
      try ReadmeParser.read(Array("---\ntitle: Chat\nemoji: [\n---\n".utf8), file: "a/README.md")
    }
    #expect(failure?.doing.hasPrefix("reading the front matter of a/README.md at line ") == true)
    let line = failure?.doing.split(separator: " ").compactMap { Int($0.filter(\.isNumber)) }.first ?? 0
    #expect(line >= 3)
    #expect(throws: Failure.self) { try ReadmeParser.read([0xff, 0xfe], file: "README.md") }
  }

  @Test("with a body of blank lines is compared in no time") func blankBody() {
    let blank = String(repeating: "\n", count: 200_000)
    #expect(Readme.trimmed(blank + "# A\r\n\n" + blank) == "# A")
    #expect(Readme.trimmed(blank) == "")
  }

  @Test("that needs nothing is kept byte for byte") func verbatim() throws {
    let text = "---\r\n# a comment\r\nsdk:   docker\r\ntitle: \"Chat\"\r\n---\r\nbody"
    let source = try #require(ReadmeParser.parse(text))
    #expect(ReadmeComposer.compose(source: source, card: nil, sdk: .docker, name: "chat").text == text)
    #expect(ReadmeComposer.compose(source: source, card: ["title": "Chat"], sdk: .docker, name: "chat").text == text)
    // The source's SDK stands; a definition that contradicts it is a finding of validate, not a silent rewrite.
    #expect(ReadmeComposer.compose(source: source, card: nil, sdk: .gradio, name: "chat").text == text)
  }

  @Test("gets the card over its front matter, in the Hub's order, with the body untouched") func overlay() throws {
    let source = try #require(
      ReadmeParser.parse("---\nzeta: 1\npinned: false\ntitle: Old\nalpha: [x]\n---\n\n# Chat\n\n  text \n"))
    let readme = ReadmeComposer.compose(
      source: source,
      card: ["title": "New", "colorFrom": "blue", "sdk_version": "3.10", "app_port": 7860, "tags": ["a", "b"]],
      sdk: .gradio, name: "chat")
    #expect(
      readme.text == """
        ---
        title: New
        colorFrom: blue
        sdk: gradio
        sdk_version: "3.10"
        app_port: 7860
        tags:
          - a
          - b
        pinned: false
        alpha:
          - x
        zeta: 1
        ---

        # Chat

          text \n
        """)
    #expect(readme.body == source.body)
    #expect(ReadmeParser.parse(readme.text)?.means(readme) == true)
  }

  @Test("that is missing is made of the name and the SDK, or of the card") func composed() {
    #expect(
      ReadmeComposer.compose(source: nil, card: nil, sdk: .static, name: "chat").text == "---\ntitle: chat\nsdk: static\n---\n")
    #expect(
      ReadmeComposer.compose(source: nil, card: ["title": "Chat", "emoji": "💬"], sdk: .docker, name: "chat").text
        == "---\ntitle: Chat\nemoji: 💬\nsdk: docker\n---\n")
  }

  @Test("without front matter keeps its text below the new block") func plainSource() throws {
    let source = try #require(ReadmeParser.parse("# Chat\n"))
    #expect(
      ReadmeComposer.compose(source: source, card: nil, sdk: .docker, name: "chat").text == "---\nsdk: docker\n---\n\n# Chat\n")
  }

  @Test("live on the Hub gets the card and keeps all else") func live() throws {
    let live = try #require(ReadmeParser.parse("---\ntitle: Live\nsdk: gradio\nlicense: mit\n---\n# Body\n"))
    let edited = ReadmeComposer.overlay(card: ["title": "Ours"], sdk: .docker, on: live)
    #expect(edited.text == "---\ntitle: Ours\nsdk: gradio\nlicense: mit\n---\n\n# Body\n")
    #expect(ReadmeComposer.overlay(card: ["title": "Live"], sdk: .docker, on: live) == live)
  }

  @Test("composed is read back as what was meant, whatever its strings hold") func roundTrip() {
    let card: [String: JSONValue] = [
      "title": "yes", "short_description": "a: b # c", "emoji": "🧑‍🚀", "python_version": "3.10", "license_name": "  spaces  ",
      "extra key": ["deep": ["list": [1, .double(2.5), true, nil, "---"]], "empty": [:]], "models": [],
      "description": "two\nlines\n",
    ]
    let readme = ReadmeComposer.compose(source: nil, card: card, sdk: .docker, name: "chat")
    #expect(ReadmeParser.parse(readme.text)?.frontMatter == readme.frontMatter)
  }
}
