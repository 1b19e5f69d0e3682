import Foundation
import Testing

/// Texts kept beside the tests, compared byte for byte.
enum Golden {
  /// Compares with `Golden/NAME`. With `SPACEFORM_UPDATE_GOLDEN` set the file is written instead, and the test fails all the
  /// same, so that such a run is never taken for a passed one.
  static func expect(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    // The escape character shows as its symbol, so that a file can be read in any editor.
    let text = text.replacing("\u{1B}", with: "␛")
    let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)")
    guard ProcessInfo.processInfo.environment["SPACEFORM_UPDATE_GOLDEN"] == nil else {
      try Data(text.utf8).write(to: url)
      Issue.record("written, to be looked at: Golden/\(name)", sourceLocation: sourceLocation)
      return
    }
    let wanted = String(decoding: try Data(contentsOf: url), as: UTF8.self)
    #expect(text == wanted, "Golden/\(name)", sourceLocation: sourceLocation)
  }
}
