import Foundation
import Locking
import SpaceModel
import State

@testable import GitState

/// A bare remote on disk and any number of clones of it, each with a clock that the test moves. Git is deaf to the machine's own
/// configuration.
final class Workshop: Sendable {
  let path: String
  let clock = TestClock()
  var remote: String { path + "/remote.git" }

  init() throws {
    path = NSTemporaryDirectory() + "/spaceform-git-state-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try git(["init", "--quiet", "--bare", remote], in: path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var environment: [String: String] {
    [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": path, "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_CONFIG_GLOBAL": "/dev/null",
    ]
  }

  /// A project in a repository of its own, with the remote as `origin`.
  @discardableResult func clone(_ name: String) throws -> String {
    let folder = path + "/" + name
    try git(["init", "--quiet", "--initial-branch=main", folder], in: path)
    try git(["remote", "add", "origin", remote], in: folder)
    return folder
  }

  func store(
    _ clone: String, project: String = "demos", environment name: String? = nil, run: RunIdentity? = nil, patience: Double = 0,
    seconds: Double = 30, more: [String: String] = [:], notes: Locked<[String]>? = nil
  ) -> GitStateStore {
    GitStateStore(
      folder: path + "/" + clone, environment: name, project: project, declaration: GitStoreDeclaration(),
      surroundings: GitStateStore.Surroundings(
        identity: run ?? RunIdentity(owner: "ada@" + clone), environment: environment.merging(more) { $1 }, clock: clock.clock,
        gitSeconds: seconds, patience: patience, temporaryFolder: path,
        note: { text in notes?.withLock { $0.append(text) } }))
  }

  @discardableResult func git(_ arguments: [String], in folder: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "-C", folder] + arguments
    process.environment = environment
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw GitFailed(arguments: arguments, output: output) }
    return output.hasSuffix("\n") ? String(output.dropLast()) : output
  }

  struct GitFailed: Error {
    var arguments: [String]
    var output: String
  }

  /// A file of the branch as it is on the remote.
  func branchFile(_ path: String) throws -> String { try git(["show", "spaceform-state:\(path)"], in: remote) + "\n" }
  var branchTip: String { (try? git(["rev-parse", "spaceform-state"], in: remote)) ?? "" }
  var applies: [String] {
    ((try? git(["log", "--first-parent", "--format=%s", "spaceform-state"], in: remote)) ?? "").split(separator: "\n").map(
      String.init)
  }

  /// Puts files on the branch past the store, as somebody with an editor would.
  func edit(_ files: [String: String?]) throws {
    let folder = path + "/edit-" + UUID().uuidString
    try git(["clone", "--quiet", "--branch", "spaceform-state", remote, folder], in: path)
    for (file, text) in files {
      if let text {
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + file))
      } else {
        try FileManager.default.removeItem(atPath: folder + "/" + file)
      }
    }
    try git(["add", "--all"], in: folder)
    try git(["-c", "user.name=Eve", "-c", "user.email=eve@example.org", "commit", "--quiet", "-m", "by hand"], in: folder)
    try git(["push", "--quiet", "origin", "HEAD:spaceform-state"], in: folder)
  }

  func hook(_ name: String, _ text: String) throws {
    let file = remote + "/hooks/" + name
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
  }
}

/// Time that passes when the test says so.
final class TestClock: Sendable {
  private let time = Locked(1000.0)
  var now: Double { time.withLock { $0 } }
  func advance(_ seconds: Double) { time.withLock { $0 += seconds } }
  /// So fast that nothing waits for it in earnest; the time shown is the test's.
  var clock: LeaseClock { LeaseClock(now: { [self] in now }, speed: 100) }
}

enum Sample {
  static func lock(_ addresses: String...) -> Lock {
    var lock = Lock(project: "demos", hub: "local")
    for address in addresses { if let id = SpaceID(address) { lock.spaces[id] = LockRecord(hubID: "id of \(address)") } }
    return lock
  }

  static func intent(_ id: String, _ space: String = "acme/chat", _ operation: Intent.Operation = .create) throws -> Intent {
    guard let space = SpaceID(space) else { throw CocoaError(.formatting) }
    return Intent(id: id, space: space, operation: operation, at: Timestamp(milliseconds: 1_784_628_000_123))
  }
}
