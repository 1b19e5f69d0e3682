import NIOCore

/// gRPC's framing of messages: a byte that says whether it is compressed, four bytes of length, the message.
enum GRPCFrame {
  /// The largest message that is taken; a resource of Terraform may be large, but not without end.
  static let messageLimit = 256 << 20

  static func wrapped(_ message: [UInt8], allocator: ByteBufferAllocator) -> ByteBuffer {
    var buffer = allocator.buffer(capacity: message.count + 5)
    buffer.writeInteger(UInt8(0))
    buffer.writeInteger(UInt32(message.count))
    buffer.writeBytes(message)
    return buffer
  }

  /// The one message of a request.
  static func message(in buffer: ByteBuffer) throws(GRPCStatus) -> [UInt8] {
    var buffer = buffer
    guard let compressed = buffer.readInteger(as: UInt8.self), let length = buffer.readInteger(as: UInt32.self) else {
      throw .internal("the request has no message")
    }
    guard compressed == 0 else { throw .unimplemented("compressed messages are not taken") }
    guard buffer.readableBytes == Int(length) else { throw .internal("the request is not one whole message") }
    return buffer.readBytes(length: Int(length)) ?? []
  }
}
