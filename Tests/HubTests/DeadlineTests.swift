import Testing

@testable import HTTP
@testable import Hub

/// Every wait has an end, whatever the other side does.
@Suite(.timeLimit(.minutes(1))) struct DeadlineTests {
  private func failure(
    _ reply: ScriptedServer.Reply, idle: Int = 60, call: Int = 300, movesFile: Bool = false
  ) async throws -> TransportFailure? {
    let server = try ScriptedServer { _ in reply }
    defer { server.stop() }
    var options = TransportOptions(proxies: ProxySettings(environment: [:]), certificateFile: nil, connections: 1)
    options.idleTimeout = idle
    options.callTimeout = call
    let driver = CurlDriver(options: options)
    let url = try #require(WebAddress(server.url + "/api"))
    var request = HTTPRequest(method: .get, url: url, isRepeatable: true)
    request.movesFile = movesFile
    do throws(TransportFailure) {
      _ = try await driver.send(request)
      return nil
    } catch {
      return error
    }
  }

  @Test func aServerThatSaysNothingIsGivenUp() async throws {
    let failure = try #require(try await failure(.silence, idle: 1))
    #expect(failure.cause == .timeout)
    #expect(failure.message.contains("sent nothing for 1 s"))
    #expect(failure.mayHaveArrived)
  }

  @Test func aFileThatStopsComingIsGivenUp() async throws {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nfirst"
    #expect(try await failure(.pieces([(0, head)]), idle: 1, movesFile: true)?.cause == .timeout)
  }

  @Test func anAnswerThatNeverEndsIsGivenUp() async throws {
    let pieces = [(0, "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")] + (0..<30).map { _ in (200, "x") }
    let failure = try #require(try await failure(.pieces(pieces), call: 1))
    #expect(failure.cause == .timeout)
    #expect(failure.message.contains("had not answered in full after 1 s"))
  }
}
