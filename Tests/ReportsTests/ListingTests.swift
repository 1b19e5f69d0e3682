import Console
import HubAPI
import SpaceModel
import State
import Testing

@testable import Definitions
@testable import Reports

/// What commands that list and write say, in text and as JSON.
@Suite("Listings")
struct ListingTests {
  private static let chat = space("chat")
  private static let tool = space("tool")

  private static func space(_ name: String) -> SpaceID {
    guard let id = SpaceID("acme/\(name)") else { preconditionFailure("\(name) is no name") }
    return id
  }

  private static var lock: Lock {
    var chat = LockRecord(hubID: "65a0")
    chat.settings = ["hardware": "t4-small", "visibility": "private", "sleep_time": 3600]
    chat.content = RecordedContent(digest: "sha256:" + String(repeating: "d", count: 64), commit: World.head, live: World.head)
    chat.card = ["title": "Chat\u{1B}[31m", "tags": ["a", "b"]]
    chat.variables = ["LEVEL": RecordedVariable(value: "a\nb", note: "how much"), "PLAIN": RecordedVariable(value: "x")]
    chat.secrets = [
      "KEY": RecordedSecret(updatedAt: Timestamp(milliseconds: 1_800_000_000_000), version: 3),
      "OTHER": RecordedSecret(updatedAt: nil, version: nil),
    ]
    chat.volumes = [Volume(kind: .bucket, source: "acme/data", mount: "/data", readOnly: true)]
    chat.dependsOn = [tool]
    chat.preventDestroy = true
    var tool = LockRecord(hubID: "65a1")
    tool.content = RecordedContent(digest: "sha256:0", commit: World.head)
    tool.volumes = []
    return Lock(project: "demos", hub: "local", spaces: [Self.chat: chat, Self.tool: tool])
  }

  @Test("The lock is listed, a Space a line")
  func list() throws {
    try Golden.expect(LockText(style: Style(isColoured: true)).list(Self.lock), "lock-list.txt")
    try Golden.expect(LockText.list(json: Self.lock).prettyText, "lock-list.json")
    #expect(LockText.list(json: nil)["spaces"] == [])
  }

  @Test("A record is shown with all it has, each value on its line, and steers no terminal")
  func record() throws {
    let lock = Self.lock
    let texts = try [Self.chat, Self.tool].map { address in
      LockText(style: .plain).record(address, try #require(lock.spaces[address]))
    }
    try Golden.expect(texts.joined(separator: "\n"), "lock-record.txt")
    #expect(!texts.joined().contains("\u{1B}"))
    let json = LockText.record(json: Self.tool, in: lock)
    #expect(json["record"]?["id"] == "65a1")
    #expect(LockText.record(json: Self.space("none"), in: lock)["record"] == .null)
  }

  @Test("An import says what it wrote and recorded; a note about several is said once")
  func imports() throws {
    var first = ImportReport.Space(
      address: Self.chat, definition: "spaces/chat.space.yaml", isDefinitionNew: true, recording: .new, variables: ["LEVEL"],
      secrets: ["KEY", "OTHER"], volumes: 1,
      content: .init(path: "apps/chat", commit: World.head, files: 12, written: 10))
    first.notes = ["only here", "of both"]
    var second = ImportReport.Space(
      address: Self.tool, definition: "spaces/tool.space.yaml", isDefinitionNew: false, recording: .replaced, variables: [],
      secrets: [], volumes: 0, content: nil)
    second.notes = ["of both"]
    let third = ImportReport.Space(
      address: Self.space("zoo"), definition: "spaces/zoo.space.yaml", isDefinitionNew: false, recording: .unchanged,
      variables: [], secrets: [], volumes: 0, content: nil)
    let report = ImportReport(spaces: [first, second, third])
    try Golden.expect(report.text(style: Style(isColoured: true)), "import.txt")
    try Golden.expect(report.json.prettyText, "import.json")
  }

  @Test("Init says what it found, why, and what it wrote")
  func initialised() throws {
    var chat = InitReport.App(folder: "apps/chat", sdk: .docker, name: "chat", reason: "it has a Dockerfile")
    chat.definition = "spaces/chat.space.yaml"
    var page = InitReport.App(folder: "apps/page", sdk: .static, name: "page", reason: "it has an index.html")
    page.skipped = "page is defined already"
    var report = InitReport(folder: "infra", owner: "acme", apps: [chat, page])
    report.written = ["spaceform.yaml", "spaces/chat.space.yaml"]
    report.kept = [".gitignore"]
    try Golden.expect(report.text(style: Style(isColoured: true)), "init.txt")
    try Golden.expect(report.json.prettyText, "init.json")
    var empty = InitReport(folder: ".", owner: nil, apps: [])
    #expect(empty.text(style: .plain).contains("No app was found"))
    #expect(empty.text(style: .plain).contains("Nothing to write"))
    empty.written = ["spaceform.yaml"]
    empty.wroteExample = true
    #expect(empty.text(style: .plain).contains("The example Space, hello, is free"))
    #expect(empty.text(style: .plain).hasSuffix("Next: `spaceform validate`, then `spaceform plan`.\n"))
    #expect(empty.json["owner"] == .null)
  }

  @Test(
    "A check says how much it looked at, and why",
    arguments: [
      ([CheckedFiles.Reason.everything, .everything], true, "Checked 7 files of 2 Spaces"),
      ([.definition, .source], true, "Checked 7 files of 2 Spaces (1 definition changed, 1 source changed)"),
      ([.project, .project], false, "Checked 7 files of 2 Spaces (the project file named)"),
      ([.reference], false, "Checked 7 files of 1 of 2 Spaces (1 refers to one named)"),
    ])
  func checked(_ reasons: [CheckedFiles.Reason], _ isStaged: Bool, _ sentence: String) {
    let checked = CheckedFiles(
      definitions: 3, appFiles: 4,
      spaces: reasons.enumerated().map { .init(file: "spaces/\($0.offset).space.yaml", reason: $0.element) }, spacesInProject: 2
    )
    let text = CheckedText(checked, isStaged: isStaged)
    #expect(text.text == sentence)
    #expect(text.details.split(separator: "\n").count == reasons.count)
  }

  @Test("Nothing but files were checked where no Space is")
  func checkedNoSpace() {
    let checked = CheckedFiles(definitions: 1, appFiles: 0, spaces: [], spacesInProject: 0)
    #expect(CheckedText(checked, isStaged: true).text == "Checked 1 file")
  }
}
