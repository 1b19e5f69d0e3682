import Diagnostics
import Foundation
import SpaceModel
import Testing

@testable import State

@Suite("A process that dies during an apply") struct CrashTests {
  @Test func `leaves its intents, its outcomes and its lock, and no lease`() async throws {
    let folder = try TemporaryFolder()
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.path as String] in
      let session = try FileStateStore(folder: path, environment: nil, project: "demos").begin()
      try session.record(try Sample.intent("i1"))
      try session.record(Outcome(intent: "i1", status: .done, result: ["hub_id": "x"]))
      try session.save(try Sample.lock("acme/chat"))
      try session.record(try Sample.intent("i2", .commit))
      kill(getpid(), SIGKILL)
    }
    let next = try folder.store().begin()
    let inherited = try #require(next.inherited)
    #expect(next.base == (try Sample.lock("acme/chat")))
    #expect(inherited.entries.map(\.intent.id) == ["i1", "i2"])
    #expect(inherited.entries.map(\.outcome?.status) == [.done, nil])
    #expect(inherited.isOf(next.base))
    try next.close(settled: false)
  }

  @Test(arguments: 1...8) func `at any moment leaves one whole lock and a readable journal`(round: Int) async throws {
    let folder = try TemporaryFolder()
    let delay = UInt32(round * 7_000)
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.path as String, delay = delay as UInt32] in
      let session = try FileStateStore(folder: path, environment: nil, project: "demos").begin()
      Thread.detachNewThread {
        usleep(delay)
        kill(getpid(), SIGKILL)
      }
      var turn = 0
      while true {
        turn += 1
        try session.record(try Sample.intent("i\(turn)"))
        try session.record(Outcome(intent: "i\(turn)", status: .done))
        try session.save(try Sample.lock("acme/turn-\(turn)", "acme/other"))
      }
    }
    let session = try folder.store().begin()
    let inherited = session.inherited
    let entries = inherited?.entries ?? []
    // All but the last intent have their outcome, and the lock is that of the last save or the one before.
    #expect(entries.dropLast().allSatisfy { $0.outcome?.status == .done })
    if let lock = session.base {
      #expect(inherited?.isOf(lock) == true)
      let turns = lock.spaces.keys.map(\.name).compactMap { $0.hasPrefix("turn-") ? Int($0.dropFirst(5)) : nil }
      let turn = try #require(turns.first)
      #expect((entries.count - 1...entries.count).contains(turn))
    }
    #expect(folder.names.allSatisfy { [".spaceform", "spaceform.lock"].contains($0) }, "\(folder.names)")
    try session.close(settled: false)
  }
}
