import Diagnostics
import Foundation
import Testing

@testable import XML

@Suite("A document that is read")
struct XMLReaderTests {
  @Test("is what was written, with every character that XML reserves", arguments: XMLWriterTests.texts)
  func readsBack(text: String) throws {
    let writer = try XMLWriter()
    try writer.documentType("list", publicID: "-//ACME//DTD list//EN", systemID: "http://acme.example/list.dtd")
    try writer.element("list", [("name", text)]) { () throws(Failure) in
      try writer.element("item") { () throws(Failure) in try writer.text(text) }
      try writer.element("item")
    }
    let root = try XMLReader.root(of: Array(try writer.finish().utf8), name: "list.xml")
    let wanted = XMLText.writable(text)
    #expect(root.name == "list")
    #expect(root.attributes == ["name": wanted])
    #expect(root.all("item").map(\.text) == [wanted, ""])
    #expect(root["item"]?.text == wanted)
    #expect(root.text == "")
  }

  @Test("says the line where it is not well-formed")
  func notWellFormed() throws {
    let failure = #expect(throws: Failure.self) {
      try XMLReader.root(of: Array("<list>\n<item>\n</list>".utf8), name: "list.xml")
    }
    #expect(failure?.doing == "reading list.xml as XML")
    #expect(failure?.problem.hasPrefix("line 3: ") == true, "\(String(describing: failure))")
  }

  @Test("loads no entity from a file")
  func noEntities() throws {
    let document = "<!DOCTYPE a [<!ENTITY secret SYSTEM \"file:///etc/hostname\">]><a>&secret;</a>"
    #expect(try XMLReader.root(of: Array(document.utf8), name: "a.xml").text == "")
  }

  @Test("is counted element by element without being kept")
  func counts() throws {
    let path = "/tmp/spaceform-xml-\(UInt64.random(in: .min ... .max)).xml"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try "<list><item/><item>x<b/></item></list>".write(toFile: path, atomically: false, encoding: .utf8)
    #expect(try XMLReader.elementCounts(ofFile: path) == ["list": 1, "item": 2, "b": 1])
    try "<list><item/><item>x</list>".write(toFile: path, atomically: false, encoding: .utf8)
    let failure = #expect(throws: Failure.self) { try XMLReader.elementCounts(ofFile: path) }
    #expect(failure?.problem.contains("line 1") == true, "\(String(describing: failure))")
    #expect(throws: Failure.self) { try XMLReader.elementCounts(ofFile: path + ".none") }
  }
}
