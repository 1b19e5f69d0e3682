import SwiftProtobuf
import TFProtocol

/// The services that go-plugin's host asks of every plugin.
struct HostServices {
  /// Called once the answer to Shutdown can go out.
  let shutdown: @Sendable () -> Void

  var methods: [String: GRPCMethod] {
    [
      "/plugin.GRPCController/Shutdown": .unary { (_: Plugin_Empty) in
        shutdown()
        return Plugin_Empty()
      },
      // Accepted and silent: what the process prints goes to standard error, which the host reads anyway.
      "/plugin.GRPCStdio/StreamStdio": .serverStreaming { _, _ in try await Task.sleep(for: .seconds(31_536_000)) },
      "/grpc.health.v1.Health/Check": .unary { (_: Grpc_Health_V1_HealthCheckRequest) in
        Grpc_Health_V1_HealthCheckResponse.with { $0.status = .serving }
      },
    ]
  }
}
