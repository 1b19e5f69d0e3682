import Diagnostics
import Foundation
import Testing

@testable import Files

@Suite("The OS lock") struct FileLockTests {
  @Test func `is held once, also within one process, and free again when let go`() throws {
    let folder = try TemporaryFolder()
    var held: FileLock? = try FileLock(folder("lock"))
    let failure = #expect(throws: Failure.self) { try FileLock(folder("lock")) }
    #expect(failure?.status == .leased)
    #expect(failure?.problem == "this process holds it already")
    #expect(folder.text("lock") == "\(getpid())\n")
    withExtendedLifetime(held) {}
    held = nil
    #expect(folder.text("lock") == "")
    _ = try FileLock(folder("lock"))
  }

  @Test func `names the process that holds it`() async throws {
    let folder = try TemporaryFolder()
    let held = try FileLock(folder("lock"))
    await #expect(processExitsWith: .success) { [path = folder("lock") as String, holder = Int(getpid()) as Int] in
      let failure = #expect(throws: Failure.self) { try FileLock(path) }
      #expect(failure?.status == .leased)
      #expect(failure?.problem == "process \(holder) holds it")
    }
    withExtendedLifetime(held) {}
  }

  @Test func `is freed by the kernel when its process is killed, whatever id it left behind`() async throws {
    let folder = try TemporaryFolder()
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder("lock") as String] in
      let held = try FileLock(path)
      kill(getpid(), SIGKILL)
      withExtendedLifetime(held) {}
    }
    #expect(folder.text("lock")?.isEmpty == false)
    let next = try FileLock(folder("lock"))
    #expect(folder.text("lock") == "\(getpid())\n")
    withExtendedLifetime(next) {}
  }

  @Test func `is not inherited by programs that are started meanwhile`() throws {
    let folder = try TemporaryFolder()
    var held: FileLock? = try FileLock(folder("lock"))
    let child = Process()
    child.executableURL = URL(fileURLWithPath: "/bin/sh")
    child.arguments = ["-c", "exec sleep 30"]
    try child.run()
    defer {
      kill(child.processIdentifier, SIGKILL)
      child.waitUntilExit()
    }
    withExtendedLifetime(held) {}
    held = nil
    _ = try FileLock(folder("lock"))
  }

  @Test func `says what the system refused when its folder is missing`() throws {
    let folder = try TemporaryFolder()
    let failure = #expect(throws: Failure.self) { try FileLock(folder("no/lock")) }
    #expect(failure?.status == .failure)
    #expect(failure?.problem == String(cString: strerror(ENOENT)))
  }

  @Test func `goes to one of many who ask at once`() async throws {
    let folder = try TemporaryFolder()
    let path = folder("lock")
    let winners = await withTaskGroup { group in
      for _ in 0..<20 { group.addTask { try? FileLock(path) } }
      var locks: [FileLock] = []
      for await lock in group { if let lock { locks.append(lock) } }
      return locks
    }
    #expect(winners.count == 1)
  }
}
