import Diagnostics
import Foundation
import SpaceModel
import Testing

@testable import State

@Suite("The file store") struct FileStateStoreTests {
  @Test func `starts with nothing and takes no lease to read`() throws {
    let folder = try TemporaryFolder()
    #expect(try folder.store().read() == nil)
    #expect(try folder.store().openJournal() == nil)
    #expect(folder.names.isEmpty)
  }

  @Test func `keeps its own files out of git and the lock beside the project file`() throws {
    let folder = try TemporaryFolder()
    let session = try folder.store().begin()
    try session.record(try Sample.intent("i1"))
    try session.save(try Sample.lock("acme/chat"))
    #expect(folder.text(".spaceform/.gitignore") == PrivateFolder.ignoreRules)
    #expect(folder.text("spaceform.lock") == LockCodec.text(try Sample.lock("acme/chat")))
    #expect(folder.text(".spaceform/journal.ndjson")?.split(separator: "\n").count == 3)
    try session.close(settled: false)
  }

  @Test func `gives each environment its lock and journal, and all of them one lease`() throws {
    let folder = try TemporaryFolder()
    let session = try folder.store(environment: "staging").begin()
    try session.record(try Sample.intent("i1"))
    try session.save(try Sample.lock("acme/chat"))
    #expect(folder.names == [".spaceform", "spaceform.staging.lock"])
    #expect(try folder.store(environment: "staging").openJournal()?.entries.count == 1)
    #expect(try folder.store().openJournal() == nil)
    #expect(try folder.store().read() == nil)
    let failure = #expect(throws: Failure.self) { try folder.store().begin() }
    #expect(failure?.status == .leased)
    try session.close(settled: true)
  }

  @Test(arguments: ["", "../x", "a/b", "a.b", "é"]) func `refuses an environment that would name another file`(name: String)
    throws
  {
    let folder = try TemporaryFolder()
    let failure = #expect(throws: Failure.self) { try folder.store(environment: name).read() }
    #expect(failure?.status == .usage)
  }

  @Test func `leaves nothing open after a settled close`() throws {
    let folder = try TemporaryFolder()
    let session = try folder.store().begin()
    try session.record(try Sample.intent("i1"))
    try session.record(Outcome(intent: "i1", status: .done))
    try session.save(try Sample.lock("acme/chat"))
    try session.close(settled: true)
    try session.close(settled: true)
    #expect(folder.text(".spaceform/journal.ndjson") == "")
    #expect(try folder.store().openJournal() == nil)
    let next = try folder.store().begin()
    #expect(next.inherited == nil)
    #expect(next.base == (try Sample.lock("acme/chat")))
    try next.close(settled: true)
  }

  @Test func `refuses writes after close`() throws {
    let folder = try TemporaryFolder()
    let session = try folder.store().begin()
    try session.close(settled: false)
    #expect(throws: Failure.self) { try session.record(try Sample.intent("i1")) }
    #expect(throws: Failure.self) { try session.save(try Sample.lock("a/b")) }
  }

  @Test func `refuses an outcome without an intent and an intent twice, which would spoil the journal`() throws {
    let folder = try TemporaryFolder()
    let session = try folder.store().begin()
    try session.record(try Sample.intent("i1"))
    #expect(throws: Failure.self) { try session.record(try Sample.intent("i1")) }
    #expect(throws: Failure.self) { try session.record(Outcome(intent: "i2", status: .done)) }
    try session.close(settled: false)
    #expect(try folder.store().openJournal()?.entries.count == 1)
  }

  @Test func `writes nothing for an apply that does nothing, and does not touch an equal lock`() throws {
    let folder = try TemporaryFolder()
    let session = try folder.store().begin()
    try session.close(settled: true)
    #expect(folder.text(".spaceform/journal.ndjson") == "")
    #expect(folder.text("spaceform.lock") == nil)
  }

  @Test func `keeps an inherited journal until it is settled, however often it is killed`() throws {
    let folder = try TemporaryFolder()
    for (round, name) in ["i1", "i2", "i3"].enumerated() {
      let session = try folder.store().begin()
      #expect(session.inherited?.entries.map(\.intent.id) ?? [] == Array(["i1", "i2", "i3"].prefix(round)))
      try session.record(try Sample.intent(name))
      try session.record(Outcome(intent: name, status: round == 1 ? .uncertain : .done))
      try session.save(try Sample.lock("acme/round-\(round)"))
      // No close: what a crash does.
    }
    let last = try folder.store().begin()
    let inherited = try #require(last.inherited)
    #expect(inherited.entries.map(\.outcome?.status) == [.done, .uncertain, .done])
    #expect(inherited.isOf(last.base))
    try last.record(Outcome(intent: "i2", status: .done))
    #expect(try folder.store().openJournal()?.entries.map(\.outcome?.status) == [.done, .done, .done])
    try last.save(try Sample.lock("acme/chat"))
    try last.close(settled: true)
    #expect(try folder.store().openJournal() == nil)
  }

  @Test func `tells that someone changed the lock since the journal was left open`() throws {
    let folder = try TemporaryFolder()
    var session: (any StateSession)? = try folder.store().begin()
    try session?.record(try Sample.intent("i1"))
    session = nil
    try folder.write(LockCodec.text(try Sample.lock("acme/other")), to: "spaceform.lock")
    let next = try folder.store().begin()
    #expect(next.inherited?.isOf(next.base) == false)
    try next.close(settled: false)
  }

  @Test func `goes on after a torn last line without losing or gluing anything`() throws {
    let folder = try TemporaryFolder()
    var session: (any StateSession)? = try folder.store().begin()
    try session?.record(try Sample.intent("i1"))
    session = nil
    let whole = try #require(folder.text(".spaceform/journal.ndjson"))
    try folder.write(whole + "{\"intent\":{\"id\":\"i2\",", to: ".spaceform/journal.ndjson")
    session = try folder.store().begin()
    try session?.record(try Sample.intent("i3"))
    session = nil
    #expect(try folder.store().openJournal()?.entries.map(\.intent.id) == ["i1", "i3"])
  }

  @Test func `refuses to begin on a damaged journal or lock, and lets the lease go`() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder(".spaceform"), withIntermediateDirectories: true)
    try folder.write("rubbish\nmore\n", to: ".spaceform/journal.ndjson")
    #expect(throws: Failure.self) { try folder.store().begin() }
    try folder.write("", to: ".spaceform/journal.ndjson")
    try folder.write("<<<<<<< HEAD\n", to: "spaceform.lock")
    let failure = #expect(throws: Failure.self) { try folder.store().begin() }
    #expect(failure?.help?.contains("state repair") == true)
    try folder.write(LockCodec.text(try Sample.lock("a/b")), to: "spaceform.lock")
    try folder.store().begin().close(settled: true)
  }

  @Test func `gives the lease to one of many who begin at once, and status 6 to the rest`() async throws {
    let folder = try TemporaryFolder()
    let store = folder.store()
    let (sessions, statuses) = await withTaskGroup { group in
      for _ in 0..<16 {
        group.addTask { () -> Result<any StateSession, Failure> in
          do throws(Failure) { return .success(try store.begin()) } catch { return .failure(error) }
        }
      }
      var sessions: [any StateSession] = []
      var statuses: Set<Diagnostics.ExitStatus> = []
      for await result in group {
        switch result {
        case .success(let session): sessions.append(session)
        case .failure(let failure): statuses.insert(failure.status)
        }
      }
      return (sessions, statuses)
    }
    #expect(sessions.count == 1)
    #expect(statuses == [.leased])
    try sessions.first?.close(settled: true)
    try store.begin().close(settled: true)
  }

  @Test func `works through a lock that is a link`() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder("shared"), withIntermediateDirectories: true)
    symlink("shared/state.json", folder("spaceform.lock"))
    let session = try folder.store().begin()
    try session.save(try Sample.lock("a/b"))
    try session.close(settled: true)
    #expect(folder.text("shared/state.json") == LockCodec.text(try Sample.lock("a/b")))
    #expect(try folder.store().read() == (try Sample.lock("a/b")))
  }
}
