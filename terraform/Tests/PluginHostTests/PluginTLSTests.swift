import NIOPosix
import NIOSSL
import Testing

@testable import PluginHost

/// Mutual TLS on a socket, with certificates as Terraform makes them.
@Suite("Mutual TLS")
struct PluginTLSTests {
  /// What the server answers a client that shows this certificate, when it was started for that of `terraform`.
  func answer(to client: ClientCertificate?, of terraform: ClientCertificate) async throws -> [UInt8]? {
    let tls = try PluginTLS(clientPEM: terraform.pem)
    let path = SocketPath.new(environment: [:], process: ThisProcess.id)
    let server = try await GRPCServer.listening(
      on: path, tls: tls.context, methods: ["/a/Echo": .unary { $0 }], group: MultiThreadedEventLoopGroup.singleton,
      log: PluginLog(environment: [:]))
    defer { ThisProcess.remove(path) }
    let context = try ClientCertificate.context(client, server: tls.handshakeField)
    do {
      let answer = try await WireClient.connected(to: path, tls: context) { try await $0.call("/a/Echo", [5]) }
      try await server.close()
      return answer.bodies.first
    } catch {
      try await server.close()
      return nil
    }
  }

  @Test("A certificate of the curve P-521, as Terraform's, is accepted")
  func accepted() async throws {
    let terraform = try ClientCertificate()
    #expect(try await answer(to: terraform, of: terraform) == [5])
  }

  @Test("Another certificate of the same kind is refused, and so is none")
  func refused() async throws {
    let terraform = try ClientCertificate()
    #expect(try await answer(to: ClientCertificate(), of: terraform) == nil)
    #expect(try await answer(to: nil, of: terraform) == nil)
  }

  @Test("A certificate that cannot be read stops the start")
  func unreadable() {
    #expect(throws: (any Error).self) { try PluginTLS(clientPEM: "no certificate") }
  }
}
