import NIOCore
import NIOHTTP2
import NIOPosix
import NIOSSL

/// A gRPC server on a Unix socket: HTTP/2 and TLS are SwiftNIO's, the framing of messages is done here.
public final class GRPCServer: Sendable {
  private let channel: any Channel

  /// Listens until the process ends or ``close()``.
  /// - Parameters:
  ///   - path: the socket; one that is there is replaced.
  ///   - tls: nil serves without TLS.
  ///   - methods: what answers calls, by their paths.
  ///   - group: the threads that serve.
  ///   - log: where connections are told of.
  public static func listening(
    on path: String, tls: NIOSSLContext?, methods: [String: GRPCMethod], group: any EventLoopGroup, log: PluginLog
  ) async throws -> GRPCServer {
    let channel = try await ServerBootstrap(group: group)
      .childChannelInitializer { child in
        log(.debug, "a connection was accepted", [("socket", path)])
        return child.eventLoop.makeCompletedFuture {
          let pipeline = child.pipeline.syncOperations
          if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
          try pipeline.addHandler(
            NIOHTTP2Handler(
              mode: .server, eventLoop: child.eventLoop, connectionConfiguration: connectionConfiguration,
              streamConfiguration: streamConfiguration
            ) { stream in
              stream.eventLoop.makeCompletedFuture {
                try stream.pipeline.syncOperations.addHandler(GRPCStreamHandler(methods: methods))
              }
            })
          try pipeline.addHandler(ClosingErrorHandler())
        }
      }
      .bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true).get()
    return GRPCServer(channel: channel)
  }

  private init(channel: any Channel) { self.channel = channel }

  public func close() async throws { try await channel.close() }

  /// Go's client sends a ping after every answer. The limit that NIOHTTP2 comes with, 200 control frames in 30 s, ends the
  /// connection in the middle of a run of a few hundred resources, and what was in flight is then silently sent again: creations
  /// would happen twice. 20,000 in 100 ms is never reached by that and still bounds a flood.
  private static var connectionConfiguration: NIOHTTP2Handler.ConnectionConfiguration {
    var configuration = NIOHTTP2Handler.ConnectionConfiguration()
    configuration.controlFrameRateLimit.maximumCount = 20_000
    configuration.controlFrameRateLimit.windowLength = .milliseconds(100)
    return configuration
  }

  private static var streamConfiguration: NIOHTTP2Handler.StreamConfiguration {
    var configuration = NIOHTTP2Handler.StreamConfiguration()
    configuration.streamResetFrameRateLimit.maximumCount = 20_000
    configuration.streamResetFrameRateLimit.windowLength = .milliseconds(100)
    return configuration
  }
}

/// Ends a connection that broke.
private final class ClosingErrorHandler: ChannelInboundHandler {
  typealias InboundIn = Any

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
