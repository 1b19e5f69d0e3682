import Foundation

/// This repository as it lies on disk: its packages, their manifests and sources.
struct Repository {
  /// The folder of the root package, three levels above this file.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Every folder with a manifest: the root, and those directly in it.
  static func packages() throws -> [URL] {
    let inside = try FileManager.default.contentsOfDirectory(
      at: root, includingPropertiesForKeys: nil, options: .skipsHiddenFiles)
    return [root]
      + inside.filter { hasManifest($0) }.sorted { $0.lastPathComponent < $1.lastPathComponent }
  }

  private static func hasManifest(_ folder: URL) -> Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path)
  }

  /// The manifest as SwiftPM itself reads it. With a scratch folder of its own, since the one of the running test is locked.
  static func manifest(of package: URL) throws -> Manifest {
    let scratch = FileManager.default.temporaryDirectory.appending(path: "spaceform-manifest-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: scratch) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["swift", "package", "--package-path", package.path, "--scratch-path", scratch.path, "dump-package"]
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Unreadable(package: package.path, status: process.terminationStatus) }
    return try Manifest(json: data)
  }

  struct Unreadable: Error {
    var package: String
    var status: Int32
  }

  /// The Swift files of one target that is not a test, with their text.
  static func sources(of target: String, in package: URL, at path: String? = nil) throws -> [(path: String, text: String)] {
    let folder = package.appending(path: path ?? "Sources/\(target)")
    guard let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else { return [] }
    var found: [(path: String, text: String)] = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let relative = String(file.path.dropFirst(root.path.count + 1))
      found.append((relative, try String(contentsOf: file, encoding: .utf8)))
    }
    return found.sorted { $0.path < $1.path }
  }
}
