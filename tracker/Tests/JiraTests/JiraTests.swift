import Backlog
import Markdown
import SpaceModel
import Testing

@testable import Jira

@Suite("Wiki markup")
struct WikiMarkupTests {
  private func wiki(_ markdown: String) -> String { WikiMarkup.text(MarkdownDocument(markdown)) }

  @Test(
    "says what the Markdown says",
    arguments: [
      ("# T", "h1. T"), ("**b** *i* ~~s~~ `c`", "*b* _i_ -s- {{c}}"), ("[t](https://a.example)", "[t|https://a.example]"),
      ("<https://a.example>", "[https://a.example]"), ("- a\n  - b\n\n1. c\n   - d", "* a\n** b\n\n# c\n#* d"),
      ("```swift\nx\n```", "{code:swift}\nx\n{code}"), ("```\nx\n```", "{noformat}\nx\n{noformat}"),
      ("> a\n>\n> b", "{quote}\na\n\nb\n{quote}"), ("|a|b|\n|-|-|\n|1||", "||a||b||\n|1| |"), ("a  \nb", "a\nb"),
      ("a\nb", "a b"),
      ("un*frig*ging", "un{_}frig{_}ging"), ("---", "----"), ("- [x] a\n- [ ] b", "* &#91;x&#93; a\n* &#91; &#93; b"),
    ])
  func conversion(markdown: String, markup: String) { #expect(wiki(markdown) == markup) }

  @Test(
    "has no sign that Jira would take for its own, and no backslash",
    arguments: [
      ("{code}", "&#123;code&#125;"), ("a \\| b", "a &#124; b"), ("C:\\dir\\x", "C:&#92;dir&#92;x"), ("f(x)", "f&#40;x)"),
      ("a-b-c 2024-01-31", "a-b-c 2024-01-31"), ("--flag", "&#45;&#45;flag"), ("\\* x", "&#42; x"), ("h1. x", "&#104;1. x"),
      ("AT\\&amp;T", "AT&amp;amp;T"), ("`{x}`", "{{&#123;x&#125;}}"), ("List<String>", "List<String>"),
      ("[x](docs/a.md)", "x (docs/a.md)"),
    ])
  func escapes(markdown: String, markup: String) { #expect(wiki(markdown) == markup) }

  @Test("never lets code end early")
  func codeInCode() {
    #expect(wiki("```java\n{code}\n```") == "{noformat}\n{code}\n{noformat}")
    #expect(wiki("```\n{noformat}\n```") == "{code}\n{noformat}\n{code}")
    #expect(wiki("```\n{code}{noformat}\n```") == "{{&#123;code&#125;&#123;noformat&#125;}}")
  }
}

@Suite("An Atlassian document")
struct AtlassianDocumentTests {
  @Test("has a node for everything, and only where it may stand")
  func nodes() {
    let document = AtlassianDocument.json(MarkdownDocument("- # h\n- > q\n\n**`c`** x"))
    #expect(
      document.text == """
        {"type":"doc","version":1,"content":[{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph",\
        "content":[{"type":"text","text":"h","marks":[{"type":"strong"}]}]}]},{"type":"listItem","content":[{"type":"paragraph",\
        "content":[{"type":"text","text":"q"}]}]}]},{"type":"paragraph","content":[{"type":"text","text":"c","marks":\
        [{"type":"code"}]},{"type":"text","text":" x"}]}]}
        """)
  }
}

@Suite("CSV")
struct CSVTextTests {
  private func text(_ cells: [String], _ flavour: CSVFlavour) -> String {
    String(decoding: CSVText.row(cells, flavour), as: UTF8.self)
  }

  @Test("doubles quotes, and backslashes where they escape")
  func cells() {
    #expect(text(["a\"b", "", "c\\d"], .strict) == "\"a\"\"b\",,\"c\\d\"\r\n")
    #expect(text(["a\"b", "", "c\\d"], .escaped) == "\"a\"\"b\",,\"c\\\\d\"\r\n")
  }

  @Test("never ends a strict cell with a backslash, which would swallow the next row")
  func lastBackslash() { #expect(text(["x\\"], .strict) == "\"x\\ \"\r\n") }
}

@Suite("Ids of a site")
struct SiteIDsTests {
  @Test("come back as they were written")
  func roundTrip() throws {
    var ids = SiteIDs()
    ids.customFields = ["Epic Link": "10014"]
    ids.statuses = ["To Do": "1"]
    ids.projectLead = "lead"
    #expect(try SiteIDs(json: ids.json, name: "x") == ids)
  }

  @Test(
    "are refused where they are none",
    arguments: [#"{"custom_fields":{"a":"x"}}"#, #"{"other":{}}"#, "[]", #"{"sprints":[1]}"#])
  func refused(text: String) throws {
    let json: JSONValue = [
      #"{"custom_fields":{"a":"x"}}"#: ["custom_fields": ["a": "x"]], #"{"other":{}}"#: ["other": [:]], "[]": [],
      #"{"sprints":[1]}"#: ["sprints": [1]],
    ][text, default: .null]
    #expect(throws: (any Error).self) { try SiteIDs(json: json, name: "x") }
  }
}

@Suite("Durations")
struct DurationTests {
  @Test("are hours and minutes, because days have 24 hours there", arguments: [(90, "PT1H30M"), (0, "PT0M"), (480, "PT8H")])
  func periods(minutes: Int, period: String) { #expect(ImportJSON.period(WorkTime(minutes: minutes)) == period) }
}
