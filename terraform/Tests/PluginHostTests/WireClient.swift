import NIOCore
import NIOHPACK
import NIOPosix
import NIOSSL

/// An HTTP/2 client that writes and reads frames itself, so that it can do what no library would: flood, for one.
final class WireClient {
  struct Frame {
    var type: UInt8
    var flags: UInt8
    var stream: UInt32
    var payload: ByteBuffer
  }

  struct Answer {
    var status: String?
    var message: String?
    var bodies: [[UInt8]] = []
  }

  struct ConnectionEnded: Error { var goAway: Bool }

  private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
  private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
  private var received = ByteBuffer()
  private var encoder = HPACKEncoder(allocator: ByteBufferAllocator())
  private var decoder = HPACKDecoder(allocator: ByteBufferAllocator())
  private var lastStream: UInt32 = 0
  private(set) var sawGoAway = false
  private(set) var pingAnswers = 0

  static func connected<Result>(
    to path: String, tls: NIOSSLContext? = nil, _ work: (WireClient) async throws -> Result
  ) async throws -> Result {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(unixDomainSocketPath: path) {
      channel in
      channel.eventLoop.makeCompletedFuture {
        if let tls {
          try channel.pipeline.syncOperations.addHandler(NIOSSLClientHandler(context: tls, serverHostname: "localhost"))
        }
        return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
      }
    }
    return try await channel.executeThenClose { inbound, outbound in
      let client = WireClient(outbound: outbound, inbound: inbound.makeAsyncIterator())
      try await outbound.write(ByteBuffer(string: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))
      try await client.send(type: 4, flags: 0, stream: 0, [])
      return try await work(client)
    }
  }

  private init(
    outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>, inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
  ) {
    self.outbound = outbound
    self.inbound = inbound
  }

  private static func frame(type: UInt8, flags: UInt8, stream: UInt32, _ payload: [UInt8]) -> [UInt8] {
    let length = UInt32(payload.count)
    return [UInt8(length >> 16), UInt8(length >> 8 & 0xff), UInt8(length & 0xff), type, flags]
      + (0..<4).map { UInt8(truncatingIfNeeded: stream >> (24 - 8 * $0)) } + payload
  }

  func send(type: UInt8, flags: UInt8, stream: UInt32, _ payload: [UInt8]) async throws {
    try await outbound.write(ByteBuffer(bytes: Self.frame(type: type, flags: flags, stream: stream, payload)))
  }

  func ping(_ count: Int) async throws {
    let one = Self.frame(type: 6, flags: 0, stream: 0, [UInt8](repeating: 7, count: 8))
    try await outbound.write(ByteBuffer(bytes: (0..<count).flatMap { _ in one }))
  }

  private func next() async throws -> Frame {
    while true {
      if let header = received.getBytes(at: received.readerIndex, length: 9) {
        let length = Int(header[0]) << 16 | Int(header[1]) << 8 | Int(header[2])
        if received.readableBytes >= 9 + length {
          received.moveReaderIndex(forwardBy: 9)
          let stream = header[5...8].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
          return Frame(
            type: header[3], flags: header[4], stream: stream, payload: received.readSlice(length: length) ?? ByteBuffer())
        }
      }
      guard var more = try await inbound.next() else { throw ConnectionEnded(goAway: sawGoAway) }
      received.writeBuffer(&more)
    }
  }

  /// Takes a frame that is about the connection; gives back any other.
  private func nextOfStreams() async throws -> Frame? {
    let frame = try await next()
    switch (frame.type, frame.flags & 1) {
    case (4, 0): try await send(type: 4, flags: 1, stream: 0, [])
    case (6, 1): pingAnswers += 1
    case (7, _): sawGoAway = true
    case (0, _), (1, _): return frame
    default: break
    }
    return nil
  }

  /// Reads until so many pings have been answered.
  func awaitPings(_ count: Int) async throws { while pingAnswers < count { _ = try await nextOfStreams() } }

  /// One call, from its first header to the last of its answer.
  func call(_ path: String, _ message: [UInt8]) async throws -> Answer {
    lastStream = lastStream == 0 ? 1 : lastStream + 2
    var block = ByteBuffer()
    try encoder.beginEncoding(allocator: ByteBufferAllocator())
    try encoder.append(
      headers: HPACKHeaders([
        (":method", "POST"), (":scheme", "http"), (":path", path), (":authority", "localhost"),
        ("content-type", "application/grpc"), ("te", "trailers"),
      ]))
    block = try encoder.endEncoding()
    try await send(type: 1, flags: 4, stream: lastStream, Array(block.readableBytesView))
    let length = UInt32(message.count)
    let prefix = [0] + (0..<4).map { UInt8(truncatingIfNeeded: length >> (24 - 8 * $0)) }
    try await send(type: 0, flags: 1, stream: lastStream, prefix + message)
    var answer = Answer()
    while true {
      guard var frame = try await nextOfStreams(), frame.stream == lastStream else { continue }
      if frame.type == 1 {
        let headers = try decoder.decodeHeaders(from: &frame.payload)
        answer.status = headers.first(name: "grpc-status") ?? answer.status
        answer.message = headers.first(name: "grpc-message") ?? answer.message
      } else {
        answer.bodies.append(Array(frame.payload.readableBytesView.dropFirst(5)))
      }
      if frame.flags & 1 == 1 { return answer }
    }
  }
}
