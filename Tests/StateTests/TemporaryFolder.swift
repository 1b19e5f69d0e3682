import Foundation

@testable import State

/// A folder of a test's own, gone when the test is.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "/spaceform-test-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func callAsFunction(_ name: String) -> String { path + "/" + name }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: self(name)))
  }

  func text(_ name: String) -> String? {
    FileManager.default.contents(atPath: self(name)).map { String(decoding: $0, as: UTF8.self) }
  }

  var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }

  /// Permission bits.
  func mode(_ name: String) -> mode_t? {
    var status = stat()
    return stat(self(name), &status) == 0 ? status.st_mode & 0o7777 : nil
  }

  func store(environment: String? = nil) -> FileStateStore {
    FileStateStore(folder: path, environment: environment, project: "demos", temporaryFolder: path)
  }
}
