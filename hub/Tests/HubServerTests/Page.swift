import Foundation
import Testing

/// Pages of the documentation that tests make, compared byte for byte.
enum Page {
  /// - Parameter path: from the root of the repository. With `SPACEFORM_UPDATE_GOLDEN` set the file is written instead, and the test
  ///   fails all the same, so that such a run is never taken for a passed one.
  static func expect(_ text: String, _ path: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let url = url(path)
    guard ProcessInfo.processInfo.environment["SPACEFORM_UPDATE_GOLDEN"] == nil else {
      try Data(text.utf8).write(to: url)
      Issue.record("written, to be looked at: \(path)", sourceLocation: sourceLocation)
      return
    }
    let found = try String(decoding: Data(contentsOf: url), as: UTF8.self)
    #expect(
      found == text, "\(path) is not current; run this test with SPACEFORM_UPDATE_GOLDEN=1", sourceLocation: sourceLocation)
  }

  static func text(_ path: String) throws -> String { try String(decoding: Data(contentsOf: url(path)), as: UTF8.self) }

  private static func url(_ path: String) -> URL {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../\(path)").standardized
  }
}
