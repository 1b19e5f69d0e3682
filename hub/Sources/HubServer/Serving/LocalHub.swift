import Foundation
import HTTPTypes
import HubSimulator
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import SpaceModel
import UnixSignals

/// The local Hub as a running server on the loopback address.
public struct LocalHub: Sendable {
  private let hub: Hub

  /// Reads the state folder and opens the log; nothing listens yet.
  public init(_ options: HubOptions) throws { hub = try Hub(options) }

  /// Serves until SIGTERM, SIGINT or cancellation.
  ///
  /// - Parameters:
  ///   - handleSignals: whether SIGTERM and SIGINT end it.
  ///   - ready: called once calls are accepted, with `http://127.0.0.1:PORT`.
  ///   - complain: told what goes wrong beside the calls, such as a state that cannot be saved.
  public func serve(
    handleSignals: Bool = true, ready: @escaping @Sendable (String) -> Void, complain: @escaping @Sendable (String) -> Void
  ) async throws {
    let hub = self.hub
    var logger = Logger(label: "spaceform-hub") { _ in SwiftLogNoOpLogHandler() }
    logger.logLevel = .critical
    let configuration = ServerConfiguration(
      address: .hostname("127.0.0.1", port: hub.options.port), serverName: nil)
    let server = try HTTPServerBuilder.http1().buildServer(
      configuration: configuration, eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger
    ) { request, writer, channel in
      try await Exchange(hub: hub, channel: channel).run(request, writer)
    } onServerRunning: { channel in
      ready("http://127.0.0.1:\(channel.localAddress?.port ?? hub.options.port)")
    }
    let group = ServiceGroup(
      configuration: .init(
        services: [.init(service: server)], gracefulShutdownSignals: handleSignals ? [.sigterm, .sigint] : [],
        logger: logger))
    defer { hub.folder?.release() }
    let saving = hub.folder.map { folder in Task { await folder.keepSaving(hub, complain: complain) } }
    do {
      try await group.run()
    } catch {
      saving?.cancel()
      await saving?.value
      throw LocalHub.explained(error, port: hub.options.port)
    }
    saving?.cancel()
    await saving?.value
  }

  private static func explained(_ error: any Error, port: Int) -> any Error {
    guard let failure = error as? IOError else { return error }
    if failure.errnoCode == EADDRINUSE {
      return ServeFailure(
        problem: "port \(port) is in use",
        help: "Stop the program that listens there, name another with --port, or take a free one with --port 0.")
    }
    if failure.errnoCode == EACCES {
      return ServeFailure(
        problem: "you may not listen on port \(port)", help: "Name a port above 1023 with --port.")
    }
    return ServeFailure(problem: "cannot listen on port \(port): \(failure)", help: "Name another port with --port.")
  }
}
