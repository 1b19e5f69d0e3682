import Foundation

/// A real git repository in a folder of its own, driven by the git program, deaf to the machine's own git configuration.
final class ScratchRepository: Sendable {
  private let folder: ScratchFolder
  var path: String { folder.path }

  init(_ arguments: [String] = []) throws {
    folder = try ScratchFolder()
    try git(["init", "--quiet", "--initial-branch=main"] + arguments)
    try git(["config", "user.name", "Test"])
    try git(["config", "user.email", "test@example.org"])
  }

  func write(_ file: String, _ text: String) throws { try folder.write(file, text) }
  func write(_ file: String, _ bytes: [UInt8]) throws { try folder.write(file, bytes) }
  func link(_ file: String, to target: String) throws { try folder.link(file, to: target) }
  func remove(_ file: String) throws { try folder.remove(file) }
  func makeExecutable(_ file: String) throws { try folder.makeExecutable(file) }

  /// Everything staged and committed; the commit's id.
  @discardableResult func commitAll(_ message: String = "change") throws -> String {
    try git(["add", "--all"])
    try git(["commit", "--quiet", "--allow-empty", "-m", message])
    return try git(["rev-parse", "HEAD"])
  }

  /// What git printed, without the last newline. A failing command fails the test.
  /// - Parameters:
  ///   - input: what git reads from its standard input.
  ///   - other: a status that is no failure either.
  @discardableResult func git(_ arguments: [String], input: String? = nil, orStatus other: Int32 = 0) throws -> String {
    let (status, output) = try run(arguments, input: input)
    guard status == 0 || status == other else { throw GitFailed(arguments: arguments, status: status, output: output) }
    return output.hasSuffix("\n") ? String(output.dropLast()) : output
  }

  func status(of arguments: [String]) throws -> Int32 { try run(arguments).status }

  private func run(_ arguments: [String], input: String? = nil) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "-C", path] + arguments
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": path, "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_CONFIG_GLOBAL": "/dev/null",
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    let feed = input.map { _ in Pipe() }
    if let feed { process.standardInput = feed }
    try process.run()
    if let input, let feed {
      // Far below what a pipe takes without a reader.
      try feed.fileHandleForWriting.write(contentsOf: Data(input.utf8))
      try feed.fileHandleForWriting.close()
    }
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  struct GitFailed: Error {
    var arguments: [String]
    var status: Int32
    var output: String
  }
}
