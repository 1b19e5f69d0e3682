import Diagnostics
import SpaceModel
import Testing

@testable import State

@Suite("The journal's text") struct JournalCodecTests {
  static let golden = #"""
    {"base_lock":"sha256:aa","version":1}
    {"intent":{"at":"2026-07-21T10:00:00.123Z","details":{"keys":["LOG_LEVEL"]},"id":"i1","operation":"create","space":"acme/chat"}}
    {"intent":{"at":"2026-07-21T10:00:00.123Z","details":{"keys":["LOG_LEVEL"]},"id":"i2","operation":"set_secret","space":"acme/chat"}}
    {"outcome":{"intent":"i1","result":{"hub_id":"66a0"},"status":"done"}}
    {"saved":{"lock":"sha256:bb"}}
    {"resumed":{"base_lock":"sha256:cc"}}
    {"outcome":{"intent":"i2","result":{},"status":"uncertain"}}

    """#

  static func text() throws -> String {
    try JournalCodec.header(baseLock: "sha256:aa") + JournalCodec.line(Sample.intent("i1"))
      + JournalCodec.line(Sample.intent("i2", .setSecret))
      + JournalCodec.line(Outcome(intent: "i1", status: .done, result: ["hub_id": "66a0"]))
      + JournalCodec.saved(lock: "sha256:bb") + JournalCodec.resumed(baseLock: "sha256:cc")
      + JournalCodec.line(Outcome(intent: "i2", status: .uncertain))
  }

  static func parse(_ text: String) throws(Failure) -> OpenJournal? {
    try JournalCodec.parse(Array(text.utf8), file: ".spaceform/journal.ndjson")
  }

  @Test func `is the golden text`() throws {
    #expect(try JournalCodecTests.text() == JournalCodecTests.golden)
  }

  @Test func `gives back each intent with its outcome, in order, and every lock it went under`() throws {
    let journal = try #require(try JournalCodecTests.parse(JournalCodecTests.golden))
    #expect(journal.baseLock == "sha256:aa")
    #expect(journal.lockDigests == ["sha256:bb", "sha256:cc"])
    #expect(
      journal.entries == [
        .init(
          intent: try Sample.intent("i1"), outcome: Outcome(intent: "i1", status: .done, result: ["hub_id": "66a0"])),
        .init(intent: try Sample.intent("i2", .setSecret), outcome: Outcome(intent: "i2", status: .uncertain)),
      ])
  }

  @Test func `lets a later outcome settle an uncertain one`() throws {
    let text = JournalCodecTests.golden + JournalCodec.line(Outcome(intent: "i2", status: .done))
    #expect(try JournalCodecTests.parse(text)?.entries.last?.outcome?.status == .done)
  }

  @Test func `of every operation comes back equal`() throws {
    for operation in Intent.Operation.allCases {
      let intent = try Sample.intent("i", operation)
      let text = JournalCodec.header(baseLock: nil) + JournalCodec.line(intent)
      let journal = try #require(try JournalCodecTests.parse(text))
      #expect(journal.entries == [.init(intent: intent)])
      #expect(journal.baseLock == nil)
    }
  }

  @Test(arguments: ["", "{\"base_lock\":null,\"version\":1}\n", "{\"base_lo"]) func `without an intent is no open journal`(
    text: String
  ) throws {
    #expect(try JournalCodecTests.parse(text) == nil)
  }

  @Test func `cut at any byte gives exactly the whole lines before the cut`() throws {
    let bytes = Array(JournalCodecTests.golden.utf8)
    for length in bytes.indices {
      let cut = Array(bytes[..<length])
      let whole = cut.lastIndex(of: 0x0A).map { Array(cut[...$0]) } ?? []
      #expect(
        try JournalCodec.parse(cut, file: "j") == JournalCodec.parse(whole, file: "j"), "cut at \(length)")
      #expect(try JournalReading(cut, file: "j").wholeLength == whole.count)
    }
  }

  @Test(arguments: ["\u{0}\u{0}\u{0}", "\u{0}\u{0}\":1}}\n", "{\"outcome\":{\"intent\n"])
  func `tolerates a last line that power loss left half written`(tail: String) throws {
    #expect(try JournalCodecTests.parse(JournalCodecTests.golden + tail) == JournalCodecTests.parse(JournalCodecTests.golden))
  }

  static let damaged: [(String, String)] = [
    (golden.replacing("\"status\":\"done\"}}", with: "\"status\":\"do"), "line 4: not JSON"),
    (golden.replacing("{\"saved\"", with: "\n{\"saved\""), "line 5: not JSON"),
    (
      golden.replacing("\"operation\":\"create\"", with: "\"operation\":\"explode\""), "line 2: intent.operation cannot be read"
    ),
    (golden.replacing("\"space\":\"acme/chat\"", with: "\"space\":\"chat\""), "line 2: intent.space cannot be read: chat"),
    (golden.replacing("\"intent\":\"i2\",\"result\"", with: "\"intent\":\"i9\",\"result\""), "line 7: an outcome of i9"),
    (golden.replacing("\"id\":\"i2\"", with: "\"id\":\"i1\""), "line 3: the intent i1 is there twice"),
    (golden + "{\"version\":1,\"base_lock\":null}\n", "line 8: a header out of place"),
    (golden + "{\"other\":1}\n", "line 8: the member version is missing"),
    (String(golden.drop { $0 != "\n" }.dropFirst()), "line 1: the journal does not begin with its version"),
  ]

  @Test(arguments: damaged) func `damaged before its last line is refused, with the line`(text: String, problem: String) {
    let failure = #expect(throws: Failure.self) { try JournalCodecTests.parse(text) }
    #expect(failure?.problem.contains(problem) == true, "\(failure?.problem ?? "")")
    #expect(failure?.help?.contains("mv .spaceform/journal.ndjson .spaceform/journal.ndjson.damaged") == true)
  }

  @Test func `of a newer version asks for an upgrade, even as its only line`() {
    let failure = #expect(throws: Failure.self) { try JournalCodecTests.parse("{\"version\":2,\"shape\":\"new\"}\n") }
    #expect(failure?.help?.contains("Upgrade") == true)
  }

  @Test func `belongs to the lock it began with and those saved under it, and to no other`() throws {
    let base = try Sample.lock("a/b")
    let saved = try Sample.lock("a/b", "a/c")
    let digest = try #require(LockCodec.digest(saved))
    let journal = OpenJournal(baseLock: LockCodec.digest(base), entries: [], lockDigests: [digest])
    #expect(journal.isOf(base) && journal.isOf(saved))
    #expect(!journal.isOf(try Sample.lock("a/d")) && !journal.isOf(nil))
    #expect(OpenJournal(baseLock: nil, entries: []).isOf(nil))
    #expect(!OpenJournal(baseLock: nil, entries: []).isOf(base))
  }
}
