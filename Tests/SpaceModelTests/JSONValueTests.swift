import Foundation
import SpaceModel
import Testing

@Suite("JSON as it is written") struct JSONValueTests {
  static let value: JSONValue = [
    "b": [1, .double(-2.5), true, nil, "x"], "a": ["z": [:], "é": [], "Z": "\u{1}\"\\\n\r\t/\u{7f}💬"],
  ]

  @Test func `is one line with keys by their bytes when canonical`() {
    #expect(
      JSONValueTests.value.canonicalText
        == "{\"a\":{\"Z\":\"\\u0001\\\"\\\\\\n\\r\\t/\u{7f}💬\",\"z\":{},\"é\":[]},\"b\":[1,-2.5,true,null,\"x\"]}")
  }

  @Test func `is a line for each leaf when pretty, with a newline at the end`() {
    let pretty: JSONValue = ["b": [1, 2], "a": [:], "c": ["d": nil]]
    #expect(
      pretty.prettyText == """
        {
          "a": {},
          "b": [
            1,
            2
          ],
          "c": {
            "d": null
          }
        }

        """)
  }

  @Test func `is read back equal by an independent reader, in both forms`() throws {
    for text in [JSONValueTests.value.canonicalText, JSONValueTests.value.prettyText] {
      #expect(try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)) == JSONValueTests.value)
    }
  }

  @Test(
    arguments: [
      (1.0, "1"), (-0.0, "0"), (0.1, "0.1"), (1e300, "1e+300"), (-2.5, "-2.5"), (9_007_199_254_740_991, "9007199254740991"),
      (.infinity, "null"), (.nan, "null"),
    ] as [(Double, String)]) func `has one form for each number`(number: Double, text: String)
  {
    #expect(JSONValue.double(number).canonicalText == text)
  }

  @Test func `keeps the largest whole numbers`() throws {
    let value: JSONValue = [.int(.max), .int(.min)]
    #expect(value.canonicalText == "[9223372036854775807,-9223372036854775808]")
    #expect(try JSONDecoder().decode(JSONValue.self, from: Data(value.canonicalText.utf8)) == value)
  }

  @Test func `does not depend on the order members were put in`() {
    let keys = (0..<50).map { "key-\($0)" }
    let forwards = JSONValue.object(Dictionary(uniqueKeysWithValues: keys.map { ($0, .string($0)) }))
    let backwards = JSONValue.object(Dictionary(uniqueKeysWithValues: keys.reversed().map { ($0, .string($0)) }))
    #expect(forwards.canonicalText == backwards.canonicalText)
  }

  @Test func `answers only for the type it is`() {
    let value: JSONValue = ["text": "x", "number": 1, "flag": true, "list": [1]]
    #expect(value["text"]?.stringValue == "x" && value["text"]?.intValue == nil)
    #expect(value["number"]?.intValue == 1 && value["number"]?.boolValue == nil)
    #expect(value["flag"]?.boolValue == true && value["flag"]?.stringValue == nil)
    #expect(value["list"]?.arrayValue == [1] && value["list"]?.objectValue == nil)
    #expect(value["none"] == nil && JSONValue.string("x")["text"] == nil)
  }
}
