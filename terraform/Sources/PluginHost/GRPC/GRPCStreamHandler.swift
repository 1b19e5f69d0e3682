import NIOCore
import NIOHPACK
import NIOHTTP2

/// One call: collects the request of an HTTP/2 stream, runs the method, writes the answer.
final class GRPCStreamHandler: ChannelInboundHandler {
  typealias InboundIn = HTTP2Frame.FramePayload
  typealias OutboundOut = HTTP2Frame.FramePayload

  private let methods: [String: GRPCMethod]
  private var method: GRPCMethod?
  private var body: ByteBuffer?
  private var task: Task<Void, Never>?
  private var isRefused = false

  init(methods: [String: GRPCMethod]) { self.methods = methods }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isRefused else { return }
    switch unwrapInboundIn(data) {
    case .headers(let frame):
      let path = frame.headers.first(name: ":path") ?? ""
      method = methods[path]
      guard method != nil else { return refuse(.unimplemented("this provider has no \(path)"), context) }
      if frame.endStream { start(context) }
    case .data(let frame):
      if case .byteBuffer(var part) = frame.data {
        if body == nil { body = part } else { body?.writeBuffer(&part) }
      }
      guard (body?.readableBytes ?? 0) <= GRPCFrame.messageLimit + 5 else {
        return refuse(.tooLarge("the request is larger than \(GRPCFrame.messageLimit) bytes"), context)
      }
      if frame.endStream { start(context) }
    default: break
    }
  }

  /// The caller has gone: what still runs for it is asked to stop.
  func channelInactive(context: ChannelHandlerContext) {
    task?.cancel()
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    task?.cancel()
    context.close(promise: nil)
  }

  private func refuse(_ status: GRPCStatus, _ context: ChannelHandlerContext) {
    isRefused = true
    body = nil
    let headers = HPACKHeaders([
      (":status", "200"), ("content-type", "application/grpc"), ("grpc-status", String(status.code)),
      ("grpc-message", status.encodedMessage),
    ])
    context.writeAndFlush(wrapOutboundOut(.headers(.init(headers: headers, endStream: true))), promise: nil)
  }

  private func start(_ context: ChannelHandlerContext) {
    guard let method else { return }
    let request: [UInt8]
    do { request = try GRPCFrame.message(in: body ?? ByteBuffer()) } catch { return refuse(error, context) }
    body = nil
    let call = GRPCCall(channel: context.channel)
    task = Task {
      do {
        switch method {
        case .unary(let answer): try await call.send(answer(request))
        case .serverStreaming(let answer): try await answer(request, GRPCResponseWriter { try await call.send($0) })
        }
        await call.end(nil)
      } catch let status as GRPCStatus {
        await call.end(status)
      } catch is CancellationError {
        await call.end(.cancelled("the call was cancelled"))
      } catch {
        // Terraform shows the message alone, so it must not be empty.
        await call.end(.internal("\(error)"))
      }
    }
  }
}
