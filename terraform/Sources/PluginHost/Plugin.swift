import NIOPosix
import TFProtocol

/// A plugin process as Terraform starts it: the handshake, the server, the end.
public struct Plugin: Sendable {
  /// The provider's address for debugging, `registry.terraform.io/NAMESPACE/NAME`.
  public var address: String
  /// What answers the calls of the provider's own service, by path.
  public var methods: [String: GRPCMethod]

  public init(address: String, methods: [String: GRPCMethod]) {
    self.address = address
    self.methods = methods
  }

  /// Serves until Terraform says Shutdown, or with `-debug` until the process is ended. Does not return.
  public func run(arguments: [String] = CommandLine.arguments) async -> Never {
    CrashSignals.install()
    let environment = ThisProcess.environment
    let isDebugged = arguments.dropFirst().contains { $0 == "-debug" || $0 == "--debug" }
    guard isDebugged || environment[Handshake.cookieName] == Handshake.cookie else {
      StandardStream.write(Handshake.hint, to: 2)
      ThisProcess.leave(1)
    }
    if !isDebugged, let refusal = Handshake.refusal(versions: environment["PLUGIN_PROTOCOL_VERSIONS"]) {
      StandardStream.write(refusal, to: 2)
      ThisProcess.leave(1)
    }
    do {
      let socket = SocketPath.new(environment: environment, process: ThisProcess.id)
      let tls = isDebugged ? nil : try environment["PLUGIN_CLIENT_CERT"].map { try PluginTLS(clientPEM: $0) }
      let services = HostServices { Self.end(socket) }
      let server = try await GRPCServer.listening(
        on: socket, tls: tls?.context, methods: methods.merging(services.methods) { own, _ in own },
        group: MultiThreadedEventLoopGroup(numberOfThreads: 1), log: PluginLog(environment: environment))
      if isDebugged {
        // Before anybody can know of this process: a signal that comes sooner than it is waited for is not lost.
        InterruptSignal.keep()
        StandardStream.write(Handshake.reattach(address: address, socket: socket, process: ThisProcess.id), to: 1)
        await InterruptSignal.wait()
        try await server.close()
        ThisProcess.remove(socket)
        ThisProcess.leave(0)
      }
      StandardStream.write(
        Handshake.line(
          socket: socket, certificate: tls?.handshakeField ?? "", isMultiplexed: environment["PLUGIN_MULTIPLEX_GRPC"] != nil),
        to: 1)
      StandardStream.divertOutput()
      while true { try await Task.sleep(for: .seconds(86_400)) }
    } catch {
      StandardStream.write("panic: the provider could not start: \(error)\n", to: 2)
      ThisProcess.leave(1)
    }
  }

  /// Leaves a few milliseconds after the answer to Shutdown went out: Terraform waits 2 s for the end and then kills.
  private static func end(_ socket: String) {
    Task {
      try await Task.sleep(for: .milliseconds(5))
      ThisProcess.remove(socket)
      ThisProcess.leave(0)
    }
  }
}
