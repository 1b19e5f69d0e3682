import Foundation
import SpaceModel
import Testing

@Suite("A moment") struct TimestampTests {
  static let known: [(Int64, String)] = [
    (0, "1970-01-01T00:00:00.000Z"),
    (1, "1970-01-01T00:00:00.001Z"),
    (-1, "1969-12-31T23:59:59.999Z"),
    (-86_400_000, "1969-12-31T00:00:00.000Z"),
    (951_782_400_000, "2000-02-29T00:00:00.000Z"),
    (951_868_800_000, "2000-03-01T00:00:00.000Z"),
    (1_784_628_000_123, "2026-07-21T10:00:00.123Z"),
    (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
    (-2_203_891_200_000, "1900-03-01T00:00:00.000Z"),
    (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
    (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
  ]

  @Test(arguments: known) func `reads and writes known dates`(milliseconds: Int64, text: String) {
    #expect(Timestamp(milliseconds: milliseconds).description == text)
    #expect(Timestamp(text) == Timestamp(milliseconds: milliseconds))
  }

  @Test func `comes back equal through two hundred years of odd steps`() {
    for milliseconds in stride(from: Int64(-3_000_000_000_000), to: 5_000_000_000_000, by: 7_654_321_987) {
      let moment = Timestamp(milliseconds: milliseconds)
      #expect(Timestamp(moment.description) == moment)
    }
  }

  @Test(arguments: [
    ("2026-07-21T10:00:00Z", "2026-07-21T10:00:00.000Z"), ("2026-07-21 10:00:00.5Z", "2026-07-21T10:00:00.500Z"),
    ("2026-07-21T10:00:00.123456789Z", "2026-07-21T10:00:00.123Z"), ("2026-07-21T10:00:00+02:00", "2026-07-21T08:00:00.000Z"),
    ("2026-07-21T23:30:00.25-01:30", "2026-07-22T01:00:00.250Z"), ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"),
  ]) func `reads the forms the Hub may use`(text: String, meaning: String) {
    #expect(Timestamp(text)?.description == meaning)
  }

  @Test(arguments: [
    "", "now", "2026-07-21", "2026-07-21T10:00:00", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-32T00:00:00Z",
    "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:00Zx", "2026-01-01T00:00:00+0200", "２026-01-01T00:00:00Z",
    "2026-1-01T00:00:00Z", "-026-01-01T00:00:00Z",
  ]) func `is nothing else`(text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test func `counts seconds to and from another`() {
    let moment = Timestamp(seconds: 1.5)
    #expect(moment.milliseconds == 1500)
    #expect(moment.advanced(bySeconds: -2.25) == Timestamp(milliseconds: -750))
    #expect(moment.seconds(since: Timestamp(milliseconds: -500)) == 2)
    #expect(Timestamp(milliseconds: -1) < Timestamp(milliseconds: 0))
  }

  @Test func `is text in JSON, and bad text is refused`() throws {
    let encoded = try JSONEncoder().encode([Timestamp(milliseconds: 0)])
    #expect(String(decoding: encoded, as: UTF8.self) == #"["1970-01-01T00:00:00.000Z"]"#)
    #expect(try JSONDecoder().decode([Timestamp].self, from: encoded) == [Timestamp(milliseconds: 0)])
    #expect(throws: DecodingError.self) { try JSONDecoder().decode([Timestamp].self, from: Data(#"["noon"]"#.utf8)) }
  }
}
