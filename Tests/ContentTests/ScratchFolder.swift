import Files
import Foundation

/// A folder of its own for one test, gone with the value.
final class ScratchFolder: Sendable {
  let path: String

  init() throws {
    let template = FileManager.default.temporaryDirectory.path + "/spaceform-content-XXXXXX"
    var bytes = Array(template.utf8CString)
    guard mkdtemp(&bytes) != nil else { throw CocoaError(.fileWriteUnknown) }
    // Resolved, because a temporary folder behind a symlink (macOS) would make every containment test fail.
    let made = String(decoding: bytes.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    path = URL(fileURLWithPath: made).resolvingSymlinksInPath().path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ file: String, _ text: String) throws { try write(file, Array(text.utf8)) }

  func write(_ file: String, _ bytes: [UInt8]) throws {
    let target = path + "/" + file
    try FileManager.default.createDirectory(
      atPath: ProjectPath.folder(of: target), withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: target))
  }

  func link(_ file: String, to target: String) throws {
    let path = path + "/" + file
    try FileManager.default.createDirectory(
      atPath: ProjectPath.folder(of: path), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
  }

  func remove(_ file: String) throws { try FileManager.default.removeItem(atPath: path + "/" + file) }

  func makeExecutable(_ file: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path + "/" + file)
  }
}
