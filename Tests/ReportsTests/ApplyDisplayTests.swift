import Console
import Diagnostics
import Locking
import Reconciler
import SpaceModel
import State
import Testing

@testable import Reports

@Suite("Progress of an apply")
struct ApplyDisplayTests {
  private static let chat = address("acme/chat")
  private static let api = address("acme/api")

  /// An apply of three Spaces: one succeeds, one fails, one is not begun.
  private static let events: [(after: Double, event: ApplyEvent)] = [
    (0, .started(api, .create)),
    (1, .started(chat, .update)),
    (1, .working(api, "creating")),
    (2, .working(chat, "uploading 3 files")),
    (60, .stage(api, "BUILDING\u{1B}[2J")),
    (4, .failed(chat, Failure(doing: "committing", problem: "the Hub refused\u{7} it\nat length"))),
    (1, .skipped(address("acme/web"), reason: "acme/chat it depends on is not ready")),
    (56, .finished(api, .create, seconds: 124.2)),
  ]

  private func shown(
    isLive: Bool = false, isQuiet: Bool = false, isVerbose: Bool = false, isColoured: Bool = false, columns: Int = 100
  ) -> [String] {
    let clock = Locked(0.0)
    let written = Locked<[String]>([])
    let display = ApplyDisplay(
      style: Style(isColoured: isColoured), isLive: isLive, isQuiet: isQuiet, isVerbose: isVerbose, total: 3,
      size: { Terminal.Size(columns: columns, rows: 24) }, now: { Timestamp(seconds: clock.withLock { $0 }) },
      write: { text in written.withLock { $0.append(text) } })
    for (after, event) in Self.events {
      clock.withLock { $0 += after }
      display.show(event)
    }
    display.end()
    return written.withLock { $0 }
  }

  /// The terminal's own marks, spelt out.
  private func readable(_ writes: [String]) -> String {
    writes.map { $0.replacing("\r\u{1B}[K", with: "«clear»").replacing("\u{1B}[1A\u{1B}[K", with: "«clear above»") }
      .joined(separator: "\n") + "\n"
  }

  @Test("is a line of JSON for each thing that happens, for programs")
  func stream() throws {
    let clock = Locked(0.0)
    let written = Locked<[String]>([])
    let stream = ApplyStream(
      now: { Timestamp(seconds: clock.withLock { $0 }) }, write: { text in written.withLock { $0.append(text) } })
    stream.begin(SamplePlans.creation())
    for (after, event) in Self.events {
      clock.withLock { $0 += after }
      stream.show(event)
    }
    var summary = ApplySummary(lock: Lock(project: "demos", hub: "local"))
    summary.done = [Self.api]
    summary.failed = [(Self.chat, Failure(doing: "committing", problem: "the Hub refused it"))]
    stream.end(summary, digest: SamplePlans.creation().operationsDigest)
    try Golden.expect(written.withLock { $0 }.joined(), "apply.ndjson")
  }

  @Test("says after a minute of silence that it goes on, where no line can be drawn again")
  func heartbeat() {
    let clock = Locked(0.0)
    let written = Locked<[String]>([])
    let display = ApplyDisplay(
      style: .plain, isLive: false, isQuiet: false, isVerbose: false, total: 1, size: { Terminal.Size(columns: 100, rows: 24) },
      now: { Timestamp(seconds: clock.withLock { $0 }) }, write: { text in written.withLock { $0.append(text) } })
    func wait(_ seconds: Int) {
      for _ in 0..<seconds {
        clock.withLock { $0 += 1 }
        display.tick()
      }
    }
    wait(100)
    display.show(.started(Self.api, .create))
    display.show(.stage(Self.api, "BUILDING"))
    wait(59)
    #expect(written.withLock { $0 } == ["  acme/api: BUILDING\n"])
    wait(62)
    #expect(
      written.withLock { Array($0.dropFirst()) } == [
        "  0 of 1 done · acme/api BUILDING 1m 0s\n", "  0 of 1 done · acme/api BUILDING 2m 0s\n",
      ])
    display.show(.finished(Self.api, .create, seconds: 121))
    wait(200)
    #expect(written.withLock { $0.count } == 4)
  }

  @Test("is a line for each thing that happens where no line can be drawn again")
  func lines() throws { try Golden.expect(shown().joined(), "apply-lines.txt") }

  @Test("is on a terminal a line for each Space that ends, and below them one for each that is under way")
  func live() throws { try Golden.expect(readable(shown(isLive: true)), "apply-live.txt") }

  @Test("shows on a terminal every step too when asked for more")
  func verbose() {
    let writes = shown(isLive: true, isVerbose: true)
    for line in shown().joined().split(separator: "\n") { #expect(writes.joined().contains("\(line)\n")) }
    #expect(!shown(isLive: true).joined().contains("  acme/chat: uploading 3 files\n"))
  }

  @Test("leaves no line behind, and cuts what does not fit")
  func clearing() {
    var screen = Screen()
    for text in shown(isLive: true, columns: 40) {
      screen.write(text)
      // What has happened stays as it is; a terminal breaks it where it likes.
      #expect(screen.lines.allSatisfy { $0.hasPrefix("- ") || Columns.count($0) < 40 }, "\(screen.lines)")
    }
    #expect(
      screen.lines.filter { !$0.isEmpty } == [
        "✗ acme/chat: the Hub refused\\u{7} it", "- acme/web: not begun: acme/chat it depends on is not ready",
        "✓ acme/api: created in 2m 5s",
      ])
  }

  @Test("is silent when asked to be")
  func quiet() { #expect(shown(isLive: true, isQuiet: true).isEmpty) }

  @Test("paints its marks and changes no word")
  func colour() {
    let painted = shown(isColoured: true).joined()
    #expect(painted.contains("\u{1B}[32m✓\u{1B}[0m acme/api: created in 2m 5s"))
    #expect(painted.replacing(/\u{1B}\[[0-9]+m/, with: "") == shown().joined())
  }

  @Test("clears the live line when the apply ends early")
  func end() {
    let written = Locked("")
    let display = ApplyDisplay(
      style: .plain, isLive: true, isQuiet: false, isVerbose: false, total: 1, size: { Terminal.Size(columns: 80, rows: 24) },
      now: { Timestamp(milliseconds: 0) }, write: { text in written.withLock { $0 += text } })
    display.show(.started(Self.chat, .destroy))
    #expect(written.withLock { $0 } == "  acme/chat  destroy    0s\n0 of 1 done · 0s")
    display.end()
    display.end()
    #expect(written.withLock { $0 } == "  acme/chat  destroy    0s\n0 of 1 done · 0s\r\u{1B}[K\u{1B}[1A\u{1B}[K")
  }

  @Test("shows as many Spaces as the terminal has rows for, those that take longest, and counts the others")
  func many() {
    let written = Locked("")
    let clock = Locked(0.0)
    let display = ApplyDisplay(
      style: .plain, isLive: true, isQuiet: false, isVerbose: false, total: 5,
      size: { Terminal.Size(columns: 200, rows: 6) }, now: { Timestamp(seconds: clock.withLock { $0 }) },
      write: { text in written.withLock { $0 = text } })
    for name in ["e", "d", "c", "b", "a"] {
      clock.withLock { $0 += 1 }
      display.show(.started(address("acme/\(name)"), .create))
    }
    let lines = written.withLock { $0 }.split(separator: "\n").suffix(4)
    #expect(lines.first?.hasSuffix("  acme/e  create    4s") == true)
    #expect(
      Array(lines.dropFirst()) == ["  acme/d  create    3s", "  acme/c  create    2s", "0 of 5 done, 2 more under way · 4s"])
  }

  @Test("does not draw for each of many events that come at once")
  func hurried() {
    let writes = Locked(0)
    let display = ApplyDisplay(
      style: .plain, isLive: true, isQuiet: false, isVerbose: false, total: 500,
      size: { Terminal.Size(columns: 80, rows: 24) }, now: { Timestamp(milliseconds: 0) },
      write: { _ in writes.withLock { $0 += 1 } })
    for number in 0..<500 { display.show(.started(address("acme/s\(number)"), .create)) }
    #expect(writes.withLock { $0 } == 1)
    display.show(.finished(address("acme/s7"), .create, seconds: 1))
    #expect(writes.withLock { $0 } == 2)
  }

  @Test(
    "has a past word for every action",
    arguments: zip(
      SpacePlan.Action.allCases,
      ["created", "updated", "moved", "taken over", "replaced", "destroyed", "forgotten", "verified", "unchanged"]))
  func words(action: SpacePlan.Action, word: String) {
    let written = Locked("")
    let display = ApplyDisplay(
      style: .plain, isLive: false, isQuiet: false, isVerbose: false, total: 1, now: { Timestamp(milliseconds: 0) },
      write: { text in written.withLock { $0 += text } })
    display.show(.finished(Self.chat, action, seconds: 1))
    #expect(written.withLock { $0 } == "✓ acme/chat: \(word) in 1s\n")
  }
}

/// A terminal as far as progress needs one: it understands line ends, and how lines are cleared.
private struct Screen {
  private(set) var lines = [""]
  private var row = 0

  mutating func write(_ text: String) {
    var rest = Substring(text)
    while let character = rest.first {
      if rest.hasPrefix("\u{1B}[K") {
        lines[row] = ""
        rest = rest.dropFirst(3)
      } else if rest.hasPrefix("\u{1B}[1A") {
        row -= 1
        rest = rest.dropFirst(4)
      } else {
        rest = rest.dropFirst()
        switch character {
        case "\r": break
        case "\n":
          row += 1
          if row == lines.count { lines.append("") }
        default: lines[row].append(character)
        }
      }
    }
  }
}
