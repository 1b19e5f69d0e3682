import Foundation
import SpaceModel
import Testing

@testable import State

@Suite("The formats a file of ours has had") struct FormatHistoryTests {
  /// What a file of each format looked like: `lock-1.json`, `journal-1.ndjson`. An example is never changed once a later format is
  /// there: it stands for the files that people have.
  private func example(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Examples")
    return Array(try Data(contentsOf: folder.appending(path: name)))
  }

  @Test func `leave no version without a migration`() {
    #expect(LockCodec.history.gaps == [])
    #expect(JournalCodec.history.gaps == [])
    #expect(LockCodec.history.current == Lock.currentVersion)
    #expect(JournalCodec.history.current == JournalCodec.currentVersion)
  }

  @Test(arguments: 1...Lock.currentVersion) func `have an example of every lock, which is read`(version: Int) throws {
    let bytes = try example("lock-\(version).json")
    #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("{\n  \"version\": \(version),\n"))
    let lock = try LockCodec.parse(bytes, file: "spaceform.lock")
    #expect(lock.spaces.count == 2)
    if version == Lock.currentVersion {
      #expect(LockCodec.text(lock) == LockCodec.text(try Sample.fullLock()))
      #expect(Array(LockCodec.text(lock).utf8) == bytes)
    }
  }

  @Test(arguments: 1...JournalCodec.currentVersion) func `have an example of every journal, which is read`(version: Int) throws
  {
    let bytes = try example("journal-\(version).ndjson")
    #expect(String(decoding: bytes, as: UTF8.self).split(separator: "\n").first?.contains("\"version\":\(version)") == true)
    let journal = try #require(try JournalCodec.parse(bytes, file: "journal.ndjson"))
    #expect(journal.entries.map(\.intent.operation) == Intent.Operation.allCases)
    #expect(journal.entries.first?.outcome?.status == .done)
  }

  @Test func `lead from any one to the newest, a step at a time`() {
    let history = FormatHistory(
      current: 3,
      migrations: [
        1: { .object(($0.objectValue ?? [:]).merging(["version": 2, "second": true]) { $1 }) },
        2: { .object(($0.objectValue ?? [:]).merging(["version": 3, "third": true]) { $1 }) },
      ])
    #expect(history.gaps == [])
    #expect(history.upgraded(["version": 1], from: 1) == ["version": 3, "second": true, "third": true])
    #expect(history.upgraded(["version": 2], from: 2) == ["version": 3, "third": true])
    #expect(history.upgraded(["version": 3], from: 3) == ["version": 3])
    #expect([0, 1, 2, 3, 4].map(history.place) == [.unknown, .older, .older, .current, .newer])
    let broken = FormatHistory(current: 3, migrations: [2: { $0 }])
    #expect(broken.gaps == [1])
    #expect(broken.upgraded(["version": 1], from: 1) == nil)
  }
}
