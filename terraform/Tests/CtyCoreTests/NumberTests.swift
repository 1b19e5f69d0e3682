import CtyCore
import Testing

@Suite("Numbers")
struct NumberTests {
  @Test(
    "Text comes back as plain decimal text",
    arguments: [
      ("0", "0"), ("-0", "0"), ("007", "7"), ("1.50", "1.5"), ("1e3", "1000"), ("12e-4", "0.0012"), ("-0.1", "-0.1"),
      ("12345678901234567890123", "12345678901234567890123"), ("9007199254740993", "9007199254740993"),
      ("0.30000000000000004", "0.30000000000000004"), ("1e100", "1e100"),
    ])
  func text(_ pair: (String, String)) { #expect(CtyNumber(text: pair.0)?.description == pair.1) }

  @Test("What is no number is none", arguments: ["", "-", ".5", "1.", "1e", "1e999999999999", "0x10", "1 ", "NaN", "inf", "١"])
  func refused(_ text: String) { #expect(CtyNumber(text: text) == nil) }

  @Test("Equal values are equal however they are written")
  func equality() {
    #expect(CtyNumber(text: "1.0") == CtyNumber(1))
    #expect(CtyNumber(text: "1e2") == CtyNumber(100))
    #expect(CtyNumber(text: "0.1") != CtyNumber(exactly: 0.1))
  }

  @Test("A double has one exact decimal value")
  func exact() {
    #expect(CtyNumber(exactly: 0.1)?.description == "0.1000000000000000055511151231257827021181583404541015625")
    #expect(CtyNumber(exactly: 0x1p70)?.description == "1180591620717411303424")
    #expect(CtyNumber(exactly: .nan) == nil)
    #expect(CtyNumber(exactly: -0.0)?.description == "0")
  }
}
