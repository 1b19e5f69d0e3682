import SwiftProtobuf

/// What answers the calls of one path.
public enum GRPCMethod: Sendable {
  /// One message in, one message out.
  case unary(@Sendable ([UInt8]) async throws -> [UInt8])
  /// One message in, any number out; the call ends when the closure returns.
  case serverStreaming(@Sendable ([UInt8], GRPCResponseWriter) async throws -> Void)

  /// A call between messages; a request that is no such message is refused.
  public static func unary<Request: Message, Response: Message>(
    _ answer: @escaping @Sendable (Request) async throws -> Response
  ) -> GRPCMethod {
    .unary { bytes in
      guard let request = try? Request(serializedBytes: bytes) else {
        throw GRPCStatus.invalidArgument("the request is not a \(Request.protoMessageName)")
      }
      return try await answer(request).serializedBytes()
    }
  }
}

/// Where a streaming call puts its messages.
public struct GRPCResponseWriter: Sendable {
  let put: @Sendable ([UInt8]) async throws -> Void

  public func write(_ message: some Message) async throws { try await put(message.serializedBytes()) }
}
