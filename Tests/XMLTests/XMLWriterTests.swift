import Diagnostics
import Testing

@testable import XML

@Suite("A document of XML")
struct XMLWriterTests {
  /// Texts that a careless writer turns into something else, or into a file no parser reads.
  static let texts = [
    "", " ", "plain", "a < b && \"c\" > 'd'", "]]>", "<!-- --> <?x?> <![CDATA[", "&amp; &#10; &lt;", "line\nline\n",
    "cr\rlf\r\n",
    "\ttab\t", " at both ends ", "日本 💬 e\u{301}", "\u{85}\u{2028}\u{7F}\u{9B}", "\u{202E}turned", "\u{D7FF}\u{E000}\u{10FFFF}",
    String(repeating: "long ", count: 5_000),
  ]

  private func document(_ content: (XMLWriter) throws(Failure) -> Void) throws -> String {
    let xml = try XMLWriter()
    try content(xml)
    return try xml.finish()
  }

  @Test("is laid out for people, and byte for byte the same every time")
  func layout() throws {
    let text = try document { xml throws(Failure) in
      try xml.element("suite", [("name", "ü \"x\""), ("count", "2")]) { () throws(Failure) in
        try xml.element("empty")
        try xml.element("case", [("name", "a")]) { () throws(Failure) in
          try xml.element("out") { () throws(Failure) in try xml.text("1 < 2\n") }
        }
      }
    }
    #expect(
      text == """
        <?xml version="1.0" encoding="UTF-8"?>
        <suite name="ü &quot;x&quot;" count="2">
          <empty/>
          <case name="a">
            <out>1 &lt; 2
        </out>
          </case>
        </suite>

        """)
  }

  @Test("gives every text back as it was, in an element and in an attribute", arguments: texts)
  func text(_ text: String) throws {
    let written = try document { xml throws(Failure) in
      try xml.element("a", [("b", text)]) { () throws(Failure) in try xml.text(text) }
    }
    let root = try ParsedXML.root(of: written)
    #expect(Array(root.text.unicodeScalars) == Array(text.unicodeScalars))
    #expect(Array((root.attributes["b"] ?? "").unicodeScalars) == Array(text.unicodeScalars))
  }

  @Test("keeps text beside elements where it stands")
  func mixed() throws {
    let written = try document { xml throws(Failure) in
      try xml.element("a") { () throws(Failure) in
        try xml.text("one ")
        try xml.element("b") { () throws(Failure) in try xml.text("two") }
        try xml.text(" three")
      }
    }
    #expect(written.hasSuffix("\n<a>one <b>two</b> three</a>\n"))
    let ending = try document { xml throws(Failure) in
      try xml.element("a") { () throws(Failure) in
        try xml.element("b") { () throws(Failure) in
          try xml.text("one ")
          try xml.element("c") { () throws(Failure) in try xml.element("d") { () throws(Failure) in try xml.text("two") } }
        }
        try xml.element("e") { () throws(Failure) in try xml.text("") }
        try xml.element("f")
      }
    }
    #expect(ending.hasSuffix("\n<a>\n  <b>one <c><d>two</d></c></b>\n  <e></e>\n  <f/>\n</a>\n"))
  }

  @Test(
    "replaces what XML 1.0 cannot carry, so that the file can be read",
    arguments: ["\0", "\u{1}", "\u{1B}", "\u{1F}", "\u{FFFE}", "\u{FFFF}"])
  func forbidden(_ scalar: Unicode.Scalar) throws {
    let written = try document { xml throws(Failure) in
      try xml.element("a", [("b", "x\(scalar)y")]) { () throws(Failure) in try xml.text("x\(scalar)y") }
    }
    let root = try ParsedXML.root(of: written)
    #expect(root.text == "x\u{FFFD}y")
    #expect(root.attributes == ["b": "x\u{FFFD}y"])
  }

  @Test("takes for characters what the standard does, at every edge of its ranges")
  func characters() {
    let allowed: [Unicode.Scalar] = [
      "\t", "\n", "\r", " ", "\u{7F}", "\u{D7FF}", "\u{E000}", "\u{FFFD}", "\u{10000}", "\u{10FFFF}",
    ]
    for scalar in allowed { #expect(XMLText.isCharacter(scalar), "U+\(String(scalar.value, radix: 16))") }
    let refused: [Unicode.Scalar] = ["\0", "\u{8}", "\u{B}", "\u{C}", "\u{E}", "\u{1F}", "\u{FFFE}", "\u{FFFF}"]
    for scalar in refused { #expect(!XMLText.isCharacter(scalar), "U+\(String(scalar.value, radix: 16))") }
  }

  @Test("refuses names that would break it", arguments: ["", "a b", "1a", "a>", "a\0b", "<", "a=\"\""])
  func names(_ name: String) throws {
    let xml = try XMLWriter()
    #expect(throws: Failure.self) { try xml.element(name) }
    let other = try XMLWriter()
    #expect(throws: Failure.self) { try other.element("a", [(name, "")]) }
  }

  @Test("refuses an attribute that stands twice, a second root, text outside, and an end before there is a root")
  func shape() throws {
    let xml = try XMLWriter()
    #expect(throws: Failure.self) { try xml.finish() }
    #expect(throws: Failure.self) { try xml.text("x") }
    try xml.element("a")
    #expect(throws: Failure.self) { try xml.element("b") }
    #expect(throws: Failure.self) { try xml.text("x") }
    #expect(try xml.finish().hasSuffix("<a/>\n"))
    #expect(throws: Failure.self) { try xml.element("b") }
    let other = try XMLWriter()
    #expect(throws: Failure.self) { try other.element("a", [("b", "1"), ("b", "2")]) }
  }

  @Test("is none when writing it was broken off, and says why")
  func brokenOff() throws {
    let xml = try XMLWriter()
    let reason = Failure(doing: "counting", problem: "there is nothing")
    #expect(throws: reason) { try xml.element("a") { () throws(Failure) in throw reason } }
    #expect(throws: Failure.self) { try xml.finish() }
  }

  @Test("may be large, and deep")
  func size() throws {
    let written = try document { xml throws(Failure) in
      try xml.element("suite") { () throws(Failure) in
        for number in 0..<20_000 { try xml.element("case", [("name", "\(number)")]) }
      }
    }
    #expect(try ParsedXML.root(of: written).all("case").count == 20_000)
    func nested(_ xml: XMLWriter, _ depth: Int) throws(Failure) {
      try xml.element("a") { () throws(Failure) in if depth > 1 { try nested(xml, depth - 1) } }
    }
    let deep = try document { xml throws(Failure) in try nested(xml, 200) }
    #expect(try ParsedXML.root(of: deep).all("a").count == 1)
  }

  @Test("is finished once, and the same however often it is asked for")
  func again() throws {
    let xml = try XMLWriter()
    try xml.element("a")
    let first = try xml.finish()
    #expect(try xml.finish() == first)
  }
}
