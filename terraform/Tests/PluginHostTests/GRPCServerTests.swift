import NIOPosix
import TFProtocol
import Testing

@testable import PluginHost

/// The server on a socket, over real HTTP/2.
@Suite("The gRPC server")
struct GRPCServerTests {
  actor Counter {
    private(set) var count = 0
    func add() { count += 1 }
  }

  struct Odd: Error, CustomStringConvertible { var description: String { "100 % broken\n" } }

  func serving<Result>(_ methods: [String: GRPCMethod], _ work: (WireClient) async throws -> Result) async throws -> Result {
    let path = SocketPath.new(environment: [:], process: ThisProcess.id)
    let server = try await GRPCServer.listening(
      on: path, tls: nil, methods: methods, group: MultiThreadedEventLoopGroup.singleton, log: PluginLog(environment: [:]))
    defer { ThisProcess.remove(path) }
    let result = try await WireClient.connected(to: path, work)
    try await server.close()
    return result
  }

  @Test("A call is answered")
  func unary() async throws {
    let answer = try await serving(["/a/Echo": .unary { $0.reversed() }]) { try await $0.call("/a/Echo", [1, 2, 3]) }
    #expect(answer.status == "0")
    #expect(answer.bodies == [[3, 2, 1]])
  }

  @Test("A path that is not served is answered as unimplemented, and the connection goes on")
  func unknown() async throws {
    try await serving(["/a/Echo": .unary { $0 }]) { client in
      let unknown = try await client.call("/tfplugin6.Provider/ListResource", [])
      #expect(unknown.status == "12")
      #expect(unknown.message == "this provider has no /tfplugin6.Provider/ListResource")
      let known = try await client.call("/a/Echo", [1])
      #expect(known.status == "0")
    }
  }

  @Test("An error's own words arrive, percent-encoded")
  func failure() async throws {
    let answer = try await serving(["/a/Fail": .unary { _ in throw Odd() }]) { try await $0.call("/a/Fail", []) }
    #expect(answer.status == "13")
    #expect(answer.message == "100 %25 broken%0A")
  }

  @Test("A streaming call sends each message, then its end")
  func streaming() async throws {
    let method = GRPCMethod.serverStreaming { _, writer in
      for index in 1...3 {
        try await writer.write(Plugin_StdioData.with { $0.data = .init([UInt8(index)]) })
      }
    }
    let answer = try await serving(["/a/Stream": method]) { try await $0.call("/a/Stream", []) }
    #expect(answer.status == "0")
    #expect(answer.bodies.map(\.last) == [1, 2, 3])
  }

  @Test("A flood of pings does not end the connection, and 400 calls between pings run once each")
  func pings() async throws {
    let counter = Counter()
    let method = GRPCMethod.unary { bytes in
      await counter.add()
      return bytes
    }
    try await serving(["/a/Count": method]) { client in
      try await client.ping(5_000)
      try await client.awaitPings(5_000)
      for _ in 0..<400 {
        let answer = try await client.call("/a/Count", [])
        #expect(answer.status == "0")
        try await client.ping(1)
      }
      try await client.awaitPings(5_400)
      #expect(client.sawGoAway == false)
    }
    #expect(await counter.count == 400)
  }

  @Test("Health is served, for a request that is no message an error")
  func health() async throws {
    try await serving(HostServices {}.methods) { client in
      let healthy = try await client.call("/grpc.health.v1.Health/Check", [])
      #expect(healthy.bodies == [[8, 1]])
      let broken = try await client.call("/grpc.health.v1.Health/Check", [0xff])
      #expect(broken.status == "3")
    }
  }
}
