import Foundation
import HubAPI
import Locking
import Testing

@testable import Hub

/// Keeps what comes, and how often it began again.
private final class Collected: ByteSink {
  private let state = Locked((bytes: [UInt8](), restarts: 0))
  private let limit: Int

  init(limit: Int = .max) { self.limit = limit }

  var text: String { String(decoding: state.withLock { $0.bytes }, as: UTF8.self) }
  var restarts: Int { state.withLock { $0.restarts } }

  func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
    state.withLock { state in
      state.bytes += bytes
      return state.bytes.count <= limit
    }
  }

  func restart() -> Bool {
    state.withLock { state in
      state.bytes = []
      state.restarts += 1
      return true
    }
  }
}

@Suite(.timeLimit(.minutes(1))) struct DownloadTests {
  private static let content = "0123456789"

  private static func cut(after count: Int) -> ScriptedServer.Reply {
    .rawThenClose("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n\(content.prefix(count))")
  }

  /// The rest of the file, as a server that honours ranges gives it.
  private static func rest(_ request: ScriptedServer.Request) -> ScriptedServer.Reply {
    let start = Int(request.headers["range"]?.dropFirst(6).dropLast() ?? "") ?? 0
    return .answer(206, String(content.dropFirst(start)), ["content-range": "bytes \(start)-9/10"])
  }

  private func download(_ bench: Bench, to sink: Collected) async -> HubError? {
    await bench.failure { client throws(HubError) in
      try await client.download("model.bin", of: Bench.space, revision: "main", to: sink)
    }
  }

  @Test func aLostConnectionGoesOnWhereItWas() async throws {
    let bench = try Bench { request in request.index == 0 ? DownloadTests.cut(after: 4) : DownloadTests.rest(request) }
    defer { bench.server.stop() }
    let sink = Collected()
    #expect(await download(bench, to: sink) == nil)
    #expect(sink.text == DownloadTests.content)
    #expect(sink.restarts == 0)
    #expect(bench.server.requests.map { $0.headers["range"] } == [nil, "bytes=4-"])
    #expect(bench.server.requests.allSatisfy { $0.headers["accept-encoding"] == nil })
  }

  @Test func aServerWithoutRangesBeginsAgain() async throws {
    let bench = try Bench { request in
      request.index == 0 ? DownloadTests.cut(after: 4) : .answer(200, DownloadTests.content)
    }
    defer { bench.server.stop() }
    let sink = Collected()
    #expect(await download(bench, to: sink) == nil)
    #expect(sink.text == DownloadTests.content)
    #expect(sink.restarts == 1)
  }

  @Test func aRangeThatWasNotAskedForIsNotTaken() async throws {
    let bench = try Bench { request in
      request.index == 0
        ? DownloadTests.cut(after: 4) : .answer(206, "789", ["content-range": "bytes 7-9/10"])
    }
    defer { bench.server.stop() }
    let sink = Collected()
    let error = await download(bench, to: sink)
    #expect(error?.kind == .transport)
    #expect(sink.text == "0123")
  }

  @Test func anErrorsTextIsNeverTakenForTheFile() async throws {
    let bench = try Bench { _ in .answer(404, "not here", ["x-error-code": "EntryNotFound"]) }
    defer { bench.server.stop() }
    let sink = Collected()
    #expect(await download(bench, to: sink)?.kind == .notFound(.entry))
    #expect(sink.text.isEmpty)
  }

  @Test func bytesThatCannotBeKeptEndTheTransferAtOnce() async throws {
    let bench = try Bench { _ in .answer(200, DownloadTests.content) }
    defer { bench.server.stop() }
    let error = await download(bench, to: Collected(limit: 3))
    #expect(error?.message == "the bytes that came could not be kept")
    #expect(bench.server.requests.count == 1)
  }

  @Test func aConnectionThatIsLostForEverIsGivenUp() async throws {
    let bench = try Bench { request in request.index == 0 ? DownloadTests.cut(after: 4) : .close }
    defer { bench.server.stop() }
    let sink = Collected()
    #expect(await download(bench, to: sink)?.kind == .transport)
    #expect(bench.server.requests.count <= 13, "six tries after the last byte that came")
  }

  @Test func cancellingStopsTheTransferItself() async throws {
    let bench = try Bench { _ in
      .pieces([(0, "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n0123")])
    }
    defer { bench.server.stop() }
    let sink = Collected()
    let client = bench.client
    let call = Task { try await client.download("model.bin", of: Bench.space, revision: "main", to: sink) }
    while sink.text.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
    #expect(bench.server.openConnections == 1)
    call.cancel()
    await #expect(throws: HubError.self) { try await call.value }
    // The connection is closed by us: the server sees the end although it still has bytes to send.
    for _ in 0..<400 where bench.server.openConnections > 0 { try await Task.sleep(for: .milliseconds(10)) }
    #expect(bench.server.openConnections == 0)
    #expect(bench.server.requests.count == 1)
  }
}
