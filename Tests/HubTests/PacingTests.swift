import HubAPI
import Locking
import SpaceModel
import Testing

@testable import HTTP
@testable import Hub

@Suite struct PacingTests {
  private func header(_ remaining: Int, _ resets: Int, _ bucket: String = "api") -> RateLimitHeader? {
    RateLimitHeader(HeaderFields([("ratelimit", "\"\(bucket)\";r=\(remaining);t=\(resets)")]))
  }

  @Test func beforeTheFirstAnswerNothingWaits() {
    var pacer = RequestPacer()
    for _ in 0..<100 { #expect(pacer.admit(.api, now: 0) == 0) }
  }

  @Test func whatIsLeftIsTheAnswersNumberMinusTheCallsUnderWay() {
    var pacer = RequestPacer()
    for _ in 0..<3 { #expect(pacer.admit(.api, now: 0) == 0) }
    pacer.finish(.api, header(4, 30), now: 10)
    // Two are still under way, so two of the four are free.
    #expect(pacer.admit(.api, now: 10) == 0)
    #expect(pacer.admit(.api, now: 10) == 0)
    #expect(pacer.admit(.api, now: 10) == 31)
    #expect(pacer.admit(.api, now: 40) == 1)
  }

  @Test func afterTheWindowCallsGoOutAgain() {
    var pacer = RequestPacer()
    #expect(pacer.admit(.api, now: 0) == 0)
    pacer.finish(.api, header(0, 5), now: 0)
    #expect(pacer.admit(.api, now: 0) == 6)
    #expect(pacer.admit(.api, now: 6) == 0)
  }

  @Test func bucketsAreCountedApart() {
    var pacer = RequestPacer()
    #expect(pacer.admit(.api, now: 0) == 0)
    pacer.finish(.api, header(0, 60), now: 0)
    #expect(pacer.admit(.resolvers, now: 0) == 0)
    #expect(pacer.admit(.api, now: 0) > 0)
  }

  @Test func anOvertakenAnswerDoesNotRaiseTheCount() {
    var pacer = RequestPacer()
    for _ in 0..<2 { _ = pacer.admit(.api, now: 0) }
    pacer.finish(.api, header(1, 60), now: 0)
    pacer.finish(.api, header(2, 60), now: 0)
    #expect(pacer.admit(.api, now: 0) > 0)
  }

  private func wait(
    _ kind: HubError.Kind, status: Int? = nil, cause: TransportFailure.Cause? = nil, effect: HubCall.Effect = .read,
    retries: Int = 0, jitter: Double = 0
  ) -> Double? {
    RetrySchedule.wait(
      after: HubError(kind: kind, call: "GET /", status: status, message: ""), cause: cause, effect: effect, retries: retries,
      jitter: jitter)
  }

  @Test func readsAreRepeatedFiveTimesWithGrowingWaits() {
    #expect((0...5).map { wait(.server, status: 503, retries: $0) } == [1, 2, 4, 8, 8, nil])
    #expect(wait(.server, status: 503, jitter: 0.5) == 1.125)
    #expect(wait(.transport, cause: .answer) == 1)
    #expect(wait(.server, status: 408) == 1)
  }

  @Test func aWrongAddressIsNotTriedForLong() {
    #expect((0...2).map { wait(.transport, cause: .connection, retries: $0) } == [1, 2, nil])
    #expect(wait(.transport, cause: .tls) == nil)
    #expect(wait(.transport, cause: .cancelled) == nil)
    #expect(wait(.transport, cause: .body) == nil)
  }

  @Test func refusalsAreNotRepeated() {
    for kind in [HubError.Kind.forbidden, .rejected, .notFound(.other), .malformedAnswer, .staleParent] {
      #expect(wait(kind, status: 400) == nil)
    }
  }

  @Test func writesAreRepeatedOnlyAfterTooManyCalls() {
    #expect(wait(.server, status: 503, effect: .write) == nil)
    #expect(wait(.transport, cause: .connection, effect: .write) == nil)
    #expect(wait(.busy, status: 409, effect: .write) == nil)
    #expect(wait(.rateLimited(after: 4), status: 429, effect: .write) == 5)
    #expect(wait(.rateLimited(after: nil), status: 429, effect: .write) == 1)
  }

  @Test func aWaitTooLongForAPersonIsAnError() {
    #expect(wait(.rateLimited(after: 300), status: 429) == 301)
    #expect(wait(.rateLimited(after: 86_400), status: 429) == nil)
  }

  @Test func theGateLetsOnlyItsWidthThrough() async {
    let gate = Gate(width: 3)
    let counts = Locked((now: 0, most: 0))
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<40 {
        group.addTask {
          #expect(await gate.enter())
          counts.withLock {
            $0.now += 1
            $0.most = max($0.most, $0.now)
          }
          await Task.yield()
          counts.withLock { $0.now -= 1 }
          gate.leave()
        }
      }
    }
    #expect(counts.withLock { $0.most } <= 3)
  }

  @Test func whoStopsWaitingAtTheGateTakesNoPlace() async {
    let gate = Gate(width: 1)
    #expect(await gate.enter())
    let waiting = Task { await gate.enter() }
    await Task.yield()
    waiting.cancel()
    #expect(await !waiting.value)
    gate.leave()
    #expect(await gate.enter())
  }
}
