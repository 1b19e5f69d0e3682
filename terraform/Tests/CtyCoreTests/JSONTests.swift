import CtyCore
import Testing

@Suite("State JSON and types")
struct JSONTests {
  @Test(
    "A type reads back from its JSON",
    arguments: [
      #""string""#, #""dynamic""#, #"["list",["map","bool"]]"#, #"["tuple",["string","number"]]"#, #"["tuple",[]]"#,
      #"["object",{"a":"string","b":["set","number"]}]"#,
    ])
  func types(_ text: String) throws { #expect(try CtyType(json: Array(text.utf8)).json == text) }

  @Test(
    "Broken JSON is refused",
    arguments: ["", "{", "[1,]", "tru", "\"a", "\"\u{1}\"", "\"\\x\"", "1 2", "{\"a\" 1}", "\"\\ud800\""])
  func broken(_ text: String) { #expect(throws: CtyError.self) { try JSONReader.read(Array(text.utf8)) } }

  @Test("Strings are unescaped")
  func strings() throws { #expect(try JSONReader.read(Array(#""\u00e9\ud83d\ude00\n\/""#.utf8)) == .string("é😀\n/")) }

  @Test("State keeps the text of its numbers, and misses nothing")
  func state() throws {
    let type = CtyType.object(["n": .number, "gone": .string, "d": .dynamic, "s": .set(.string)])
    let text = #"{"n":12345678901234567890123,"d":{"value":0.30000000000000004,"type":"number"},"s":["b","a"],"old":1}"#
    let value = try CtyValue(json: JSONReader.read(Array(text.utf8)), type: type)
    #expect(value["n"].numberValue?.description == "12345678901234567890123")
    #expect(value["gone"] == .null)
    #expect(value["d"] == .typed(.number, CtyNumber(text: "0.30000000000000004").map(CtyValue.number) ?? .null))
    #expect(value["s"] == .sequence([.string("b"), .string("a")]))
    #expect(value.attributes?.count == 4)
  }
}
