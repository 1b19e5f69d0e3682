import Diagnostics
import SpaceModel
import Testing

@testable import State

@Suite("A file that was cut off at any byte") struct CutFilesTests {
  @Test func `a lock is refused, with a way out`() throws {
    let bytes = Array(LockCodec.text(try Sample.fullLock()).utf8)
    // The last line end may go: without it the text is whole.
    for count in 0..<(bytes.count - 1) {
      do throws(Failure) {
        _ = try LockCodec.parse(Array(bytes[..<count]), file: "spaceform.lock")
        Issue.record("cut after \(count) bytes it is read")
      } catch {
        #expect(error.doing == "reading spaceform.lock")
        #expect(error.help?.contains("git checkout -- spaceform.lock") == true, "cut after \(count) bytes: \(error)")
      }
    }
  }

  @Test func `a journal loses at most its last line`() throws {
    var text = JournalCodec.header(baseLock: "sha256:aa")
    var whole: [Int] = []
    for number in 1...4 {
      text += JournalCodec.line(try Sample.intent("i\(number)"))
      whole.append(text.utf8.count)
      text += JournalCodec.line(Outcome(intent: "i\(number)", status: .done, result: ["hub_id": "x"]))
    }
    let bytes = Array(text.utf8)
    for count in 0...bytes.count {
      let journal = try JournalCodec.parse(Array(bytes[..<count]), file: "journal.ndjson")
      #expect((journal?.entries.count ?? 0) == whole.count { $0 <= count }, "cut after \(count) bytes")
    }
  }

  @Test func `a journal that lost bytes in the middle is refused, with a way out`() throws {
    let text =
      JournalCodec.header(baseLock: nil) + JournalCodec.line(try Sample.intent("i1"))
      + JournalCodec.line(try Sample.intent("i2"))
    var bytes = Array(text.utf8)
    bytes.removeSubrange(60..<70)
    let failure = #expect(throws: Failure.self) { try JournalCodec.parse(bytes, file: "journal.ndjson") }
    #expect(failure?.help?.contains("mv journal.ndjson journal.ndjson.damaged") == true)
  }
}
