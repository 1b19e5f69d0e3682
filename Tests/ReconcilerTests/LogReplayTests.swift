import HubAPI
import SpaceModel
import Testing

@testable import Reconciler

@Suite("What a new log stream repeats")
struct LogReplayTests {
  private func line(_ second: Double?, _ text: String) -> LogLine {
    LogLine(text: text, timestamp: second.map { Timestamp(seconds: 1_785_000_000 + $0) })
  }

  private func shown(_ streams: [[LogLine]]) -> [String] {
    var replay = LogReplay()
    return streams.flatMap { stream in
      replay.begin()
      return stream.filter { replay.isNew($0) }.map(\.text)
    }
  }

  @Test("is left out, and what came meanwhile is not")
  func replay() {
    let first = [line(1, "a"), line(2, "b"), line(2, "c")]
    #expect(shown([first, first]) == ["a", "b", "c"])
    #expect(shown([first, first + [line(2, "d"), line(3, "e")]]) == ["a", "b", "c", "d", "e"])
    #expect(shown([first, []]) == ["a", "b", "c"])
  }

  @Test("is nothing within one stream: equal lines and lines out of order stay")
  func withinOne() {
    #expect(shown([[line(2, "a"), line(2, "a"), line(1, "late")]]) == ["a", "a", "late"])
  }

  @Test("cannot be told of lines without a time, which are shown")
  func untimed() {
    #expect(shown([[line(1, "a"), line(nil, "x")], [line(1, "a"), line(nil, "x")]]) == ["a", "x", "x"])
  }
}
