import NIOCore
import NIOHPACK
import NIOHTTP2

/// The answering side of one call.
actor GRPCCall {
  private let channel: any Channel
  private var hasHead = false

  init(channel: any Channel) { self.channel = channel }

  func send(_ message: [UInt8]) async throws {
    if !hasHead {
      hasHead = true
      let headers = HPACKHeaders([(":status", "200"), ("content-type", "application/grpc")])
      channel.write(HTTP2Frame.FramePayload.headers(.init(headers: headers)), promise: nil)
    }
    let data = GRPCFrame.wrapped(message, allocator: channel.allocator)
    try await channel.writeAndFlush(HTTP2Frame.FramePayload.data(.init(data: .byteBuffer(data))))
  }

  /// Ends the call well, or with a failure.
  func end(_ failure: GRPCStatus?) async {
    var headers = HPACKHeaders()
    if !hasHead { headers.add(contentsOf: [(":status", "200"), ("content-type", "application/grpc")]) }
    headers.add(name: "grpc-status", value: String(failure?.code ?? 0))
    if let failure { headers.add(name: "grpc-message", value: failure.encodedMessage) }
    hasHead = true
    // Nobody is left to tell when this fails: the caller has gone.
    try? await channel.writeAndFlush(HTTP2Frame.FramePayload.headers(.init(headers: headers, endStream: true)))
  }
}
