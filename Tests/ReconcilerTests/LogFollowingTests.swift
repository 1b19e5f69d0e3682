import Diagnostics
import HubAPI
import Locking
import SpaceModel
import Testing

@testable import Reconciler

@Suite("Following a log")
struct LogFollowingTests {
  private func line(_ second: Double, _ text: String) -> LogLine {
    LogLine(text: text, timestamp: Timestamp(seconds: 1_785_000_000 + second))
  }

  private func hub(_ stages: [Stage], _ streams: [LogKind: [[LogLine]?]]) -> ScriptedHub {
    ScriptedHub {
      $0.spaces[Scene.chat] = .running(Scene.chat)
      $0.stages = stages
      $0.streams = streams
    }
  }

  /// Follows on a clock that never waits for the stream, and looks at the stage only where the stream has ended.
  private func follow(
    _ hub: ScriptedHub, _ scope: LogFollowing.Scope, upTo limit: Int = .max, polls: Bool = false
  ) async throws -> (end: LogFollowing.End, lines: [String], waits: [Double]) {
    let shown = Locked([String]())
    let waits = Locked([Double]())
    let following = LogFollowing(hub: hub, pollSeconds: polls ? 0.001 : 3600) { seconds in
      guard seconds < 3600 else { return try await Task.sleep(for: .seconds(seconds)) }
      if seconds >= 1 { waits.withLock { $0.append(seconds) } }
      try await Task.sleep(for: .milliseconds(1))
    }
    let end = try await following.follow(Scene.chat, scope, tail: 10) { kind, line in
      shown.withLock { shown in
        shown.append("\(kind.rawValue) \(line.text)")
        return shown.count < limit
      }
    }
    return (end, shown.withLock { $0 }, waits.withLock { $0 })
  }

  @Test("goes through the build's log, then the app's, to the stage at which both are over")
  func both() async throws {
    let hub = hub(
      [.building, .appStarting, .paused], [.build: [[line(1, "step 1"), line(2, "step 2")]], .run: [[line(3, "hello")]]])
    let seen = try await follow(hub, .both)
    #expect(seen.end == .stage(.paused))
    #expect(seen.lines == ["build step 1", "build step 2", "run hello"])
    #expect(hub.calls.filter { $0.hasPrefix("follow") } == ["follow build 10", "follow run all"])
  }

  @Test("of a build ends with the build, in whatever stage")
  func build() async throws {
    let failed = try await follow(hub([.building, .buildError], [.build: [[line(1, "boom")]]]), .build)
    #expect(failed.end == .stage(.buildError))
    let done = try await follow(hub([.building, .appStarting], [.build: [[line(1, "done")]]]), .build)
    #expect(done.end == .stage(.appStarting))
    let before = try await follow(hub([.buildError], [.build: [[line(1, "boom")]]]), .both)
    #expect(before.end == .stage(.buildError))
    #expect(before.lines == ["build boom"])
    #expect(done.lines == ["build done"])
  }

  @Test("takes a stream up again that broke, all of it, and repeats no line")
  func reconnects() async throws {
    let hub = hub([.running, .running, .paused], [.run: [[line(1, "a")], nil, nil, [line(1, "a"), line(2, "b")]]])
    let seen = try await follow(hub, .run)
    #expect(seen.lines == ["run a", "run b"])
    #expect(seen.waits == [1, 2, 4])
    #expect(hub.calls.filter { $0.hasPrefix("follow") } == ["follow run 10"] + Array(repeating: "follow run all", count: 3))
  }

  @Test("gives up after five streams that broke in a row, and at once when the Space may not be read")
  func givesUp() async throws {
    let broken = hub([.running], [.run: Array(repeating: nil, count: 7)])
    let failure = await #expect(throws: Failure.self) { _ = try await follow(broken, .run) }
    #expect(failure?.problem.contains("the connection was lost") == true)
    #expect(broken.calls.filter { $0.hasPrefix("follow") }.count == LogFollowing.largestNumberOfFailures + 1)

    let refused = hub([.running], [:])
    refused.change { $0.errors["follow run 10"] = HubError(kind: .forbidden, call: "logs", message: "not yours") }
    await #expect(throws: Failure.self) { _ = try await follow(refused, .run) }
    #expect(refused.calls.filter { $0.hasPrefix("follow") } == ["follow run 10"])
  }

  @Test("notices the end of a log whose stream stays open")
  func openStream() async throws {
    let seen = try await follow(hub([.running, .running, .sleeping], [:]), .both, polls: true)
    #expect(seen.end == .stage(.sleeping))
  }

  @Test("ends when nobody reads any more")
  func unread() async throws {
    let seen = try await follow(hub([.running], [.run: [[line(1, "a"), line(2, "b"), line(3, "c")]]]), .run, upTo: 2)
    #expect(seen.end == .unread)
    #expect(seen.lines == ["run a", "run b"])
  }
}
