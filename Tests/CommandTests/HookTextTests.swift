import Foundation
import Testing

@testable import spaceform

@Suite("The text of hooks")
struct HookTextTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "hooks")

  @Test("the files in hooks/ are what `hook install` writes", arguments: HookKind.allCases)
  func copies(kind: HookKind) throws {
    let file = Self.folder.appending(path: kind.rawValue)
    let text = HookScript(kind).text
    guard ProcessInfo.processInfo.environment["SPACEFORM_UPDATE_GOLDEN"] == nil else {
      try Data(text.utf8).write(to: file)
      Issue.record("written, to be looked at: hooks/\(kind.rawValue)")
      return
    }
    #expect(String(decoding: try Data(contentsOf: file), as: UTF8.self) == text)
    #expect(FileManager.default.isExecutableFile(atPath: file.path))
  }

  @Test(
    "what was written is read back, whatever is in the path",
    arguments: ["", "/opt/spaceform", "/a b/it's \"here\"/$x/spaceform"])
  func readBack(program: String) {
    let script = HookScript(.prePush, previous: "pre-push.before-spaceform.2", program: program)
    #expect(HookScript(reading: Array(script.text.utf8)) == script)
  }

  @Test("a hook of another version is known as ours, and somebody else's is not")
  func marker() {
    let older = "#!/bin/sh\n# spaceform hook: pre-commit\nprevious='kept'\nexec spaceform validate --staged\n"
    #expect(HookScript(reading: Array(older.utf8)) == HookScript(.preCommit, previous: "kept"))
    for text in ["", "#!/bin/sh\nspaceform validate --staged\n", "#!/bin/sh\n# a spaceform hook: pre-commit\nexit\n"] {
      #expect(HookScript(reading: Array(text.utf8)) == nil)
    }
    #expect(HookScript(reading: [0x7F, 0x45, 0x4C, 0x46, 0xFF, 0x0A, 0x00, 0x0A]) == nil)
  }
}
