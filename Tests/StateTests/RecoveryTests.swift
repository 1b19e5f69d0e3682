import Diagnostics
import Foundation
import SpaceModel
import Testing

@testable import State

@Suite("A lock that cannot be saved") struct RecoveryTests {
  @Test func `is kept in the recovery file, and the command in the message restores it`() throws {
    let folder = try TemporaryFolder()
    let session = try folder.store().begin()
    try session.record(try Sample.intent("i1"))
    // A folder in the lock's place is refused even to root.
    try FileManager.default.createDirectory(atPath: folder("spaceform.lock"), withIntermediateDirectories: false)
    let lock = try Sample.lock("acme/chat")
    let failure = try #require(#expect(throws: Failure.self) { try session.save(lock) })
    try session.close(settled: false)
    #expect(failure.doing == "saving spaceform.lock")
    #expect(failure.problem == String(cString: strerror(EISDIR)))
    #expect(folder.text(".spaceform/recovery.lock.json") == LockCodec.text(lock))

    let command = try #require(failure.help?.split(separator: "Continue with: ").last)
    #expect(
      command
        == "cp \(folder(".spaceform/recovery.lock.json")) \(folder("spaceform.lock")) && spaceform apply -C \(folder.path)")
    try FileManager.default.removeItem(atPath: folder("spaceform.lock"))
    try shell(String(command.prefix { $0 != "&" }))
    let next = try folder.store().begin()
    #expect(next.base == lock)
    #expect(next.inherited?.isOf(lock) == true)
    // The state is settled again: what was kept is of no more use.
    try next.save(lock)
    try next.close(settled: true)
    #expect(folder.text(".spaceform/recovery.lock.json") == nil)
  }

  @Test func `goes to the temporary folder when the project cannot be written at all`() throws {
    let folder = try TemporaryFolder()
    let elsewhere = try TemporaryFolder()
    let store = FileStateStore(
      folder: folder.path, environment: "prod", project: "my demos", temporaryFolder: elsewhere.path)
    let session = try store.begin()
    try FileManager.default.removeItem(atPath: folder.path)
    let failure = try #require(#expect(throws: Failure.self) { try session.save(try Sample.lock("a/b")) })
    let name = try #require(elsewhere.names.first)
    #expect(elsewhere.text(name) == LockCodec.text(try Sample.lock("a/b")))
    #expect(elsewhere.mode(name) == 0o600)
    #expect(name.hasPrefix("spaceform-my-demos-"))
    #expect(failure.help?.contains("cp \(elsewhere(name)) \(folder("spaceform.prod.lock"))") == true)
    #expect(failure.help?.hasSuffix("spaceform apply -C \(folder.path) --env prod") == true)
  }

  @Test func `that can be kept nowhere points to the journal`() throws {
    let folder = try TemporaryFolder()
    let store = FileStateStore(folder: folder.path, environment: nil, project: "p", temporaryFolder: folder("none"))
    let session = try store.begin()
    try FileManager.default.removeItem(atPath: folder.path)
    let failure = try #require(#expect(throws: Failure.self) { try session.save(try Sample.lock("a/b")) })
    #expect(failure.problem.contains("could be written either"))
    #expect(failure.help?.contains(".spaceform/journal.ndjson") == true)
  }

  @Test func `quotes names for the shell`() throws {
    let parent = try TemporaryFolder()
    let folder = parent("it's a folder")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    let session = try FileStateStore(folder: folder, environment: nil, project: "p").begin()
    try FileManager.default.createDirectory(atPath: folder + "/spaceform.lock", withIntermediateDirectories: false)
    let failure = try #require(#expect(throws: Failure.self) { try session.save(try Sample.lock("a/b")) })
    try FileManager.default.removeItem(atPath: folder + "/spaceform.lock")
    let command = try #require(failure.help?.split(separator: "Continue with: ").last)
    try shell(String(command.prefix { $0 != "&" }))
    #expect(parent.text("it's a folder/spaceform.lock") == LockCodec.text(try Sample.lock("a/b")))
  }

  @Test func `on a full disk keeps the old lock, and the journal goes on once there is room`() async throws {
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      let old = try Sample.lock("acme/chat")
      let session = try folder.store().begin()
      try session.record(try Sample.intent("i1"))
      try session.save(old)
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 4096, rlim_max: .max)
      try #require(setFileSizeLimit(&limit) == 0)
      let failure = #expect(throws: Failure.self) { try session.save(try LockCodecTests.fleet(of: 50)) }
      #expect(failure?.problem.hasPrefix(String(cString: strerror(EFBIG))) == true)
      #expect(folder.text("spaceform.lock") == LockCodec.text(old))
      // Records fail one by one when the journal reaches the limit; none is left half written.
      var written = 0
      while written < 100, (try? session.record(try Sample.intent("n\(written)"))) != nil { written += 1 }
      #expect((1..<100).contains(written))
      #expect(try folder.store().openJournal()?.entries.count == written + 1)
      limit.rlim_cur = .max
      try #require(setFileSizeLimit(&limit) == 0)
      try session.record(try Sample.intent("last"))
      #expect(try folder.store().openJournal()?.entries.count == written + 2)
      try session.save(try LockCodecTests.fleet(of: 50))
      try session.close(settled: true)
    }
  }

  private func shell(_ command: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(command)")
  }
}
