import HubAPI
import Reports
import SpaceModel
import Testing

@Suite("A followed log")
struct LogTests {
  private let lines: [(kind: LogKind, line: LogLine)] = [
    (.build, LogLine(text: "--> RUN pip install gradio", timestamp: Timestamp("2026-07-21T10:00:00Z"))),
    (.build, LogLine(text: "\u{1B}[32mDONE\u{1B}[0m 4.2s", timestamp: Timestamp("2026-07-21T10:00:04.200Z"))),
    (.run, LogLine(text: "* Running on local URL:  http://0.0.0.0:7860", timestamp: Timestamp("2026-07-21T10:00:09Z"))),
    (.run, LogLine(text: "日本 \u{202E}reversed\ttab")),
  ]

  @Test("is, for people, its lines with nothing in them that a terminal obeys, and a word on its end")
  func human() throws {
    let text = lines.map { LogText.text([$0.line]) }.joined()
    try Golden.expect(text + LogText.end(.runtimeError, of: address("acme/chat")) + "\n", "logs-follow.txt")
    #expect(!text.contains("\u{1B}"))
    #expect(LogText.end(nil, of: address("acme/chat")) == "acme/chat has no stage any more.")
  }

  @Test("is, for programs, an object a line that says which log it is of")
  func json() throws {
    let text = lines.map { LogText.json($0.line, of: address("acme/chat"), $0.kind).canonicalText + "\n" }.joined()
    try Golden.expect(text, "logs-follow.ndjson")
  }
}
