import Testing

@testable import Markdown

@Suite("Markdown as a tree")
struct MarkdownDocumentTests {
  @Test("has the blocks and inlines that GitHub's Markdown has")
  func blocks() {
    let document = MarkdownDocument(
      """
      ## Title

      A **bold** and *em* and ~~gone~~ `code` word<br>
      with [a link](https://acme.example) and https://acme.example/bare

      - [x] done
      - [ ] open

      3. three

      ```swift
      let a = 1
      ```

      | a | b |
      |---|---|
      | 1 | |

      > quoted

      ---
      """)
    #expect(document.blocks.count == 8)
    #expect(document.blocks[0] == .heading(level: 2, [.text("Title")]))
    #expect(
      document.blocks[1]
        == .paragraph([
          .text("A "), .strong([.text("bold")]), .text(" and "), .emphasis([.text("em")]), .text(" and "),
          .strike([.text("gone")]), .text(" "), .code("code"), .text(" word"), .html("<br>"), .softBreak, .text("with "),
          .link(url: "https://acme.example", [.text("a link")]), .text(" and "),
          .link(url: "https://acme.example/bare", [.text("https://acme.example/bare")]),
        ]))
    #expect(
      document.blocks[2]
        == .list(
          start: nil,
          [
            MarkdownListItem([.paragraph([.text("done")])], isChecked: true),
            MarkdownListItem([.paragraph([.text("open")])], isChecked: false),
          ]))
    #expect(document.blocks[3] == .list(start: 3, [MarkdownListItem([.paragraph([.text("three")])])]))
    #expect(document.blocks[4] == .code(language: "swift", text: "let a = 1"))
    #expect(document.blocks[5] == .table(header: [[.text("a")], [.text("b")]], rows: [[[.text("1")], []]]))
    #expect(document.blocks[6] == .quote([.paragraph([.text("quoted")])]))
    #expect(document.blocks[7] == .rule)
  }

  @Test("is nested as deep as anybody writes, and does not run out of stack beyond")
  func depth() {
    let document = MarkdownDocument(String(repeating: "> ", count: 50_000) + "deep")
    #expect(document.blocks.count == 1)
    #expect(MarkdownHTML.text(document).contains("deep"))
  }

  @Test("keeps generics and raw HTML as the text they are")
  func html() {
    #expect(
      MarkdownHTML.text(MarkdownDocument("List<String> & <b>x</b>")) == "<p>List&lt;String&gt; &amp; &lt;b&gt;x&lt;/b&gt;</p>")
  }

  @Test(
    "links only where an address leads from elsewhere", arguments: ["javascript:alert(1)", "docs/x.md", "file:///etc/passwd"])
  func schemes(address: String) {
    #expect(MarkdownHTML.text(MarkdownDocument("[x](\(address))")) == "<p>x (\(address))</p>")
  }

  @Test("finds code and addresses wherever they stand")
  func search() {
    let document = MarkdownDocument("- a\n\n  ```\n  {code}\n  ```\n\n> **[x](a.md)** ![y](b.png)")
    #expect(document.codeBlocks == ["{code}"])
    #expect(document.addresses == ["a.md", "b.png"])
  }
}
