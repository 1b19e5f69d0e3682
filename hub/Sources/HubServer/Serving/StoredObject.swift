import Foundation

/// The bytes of one object, read piece by piece.
final class StoredObject: Sendable {
  /// Bytes read from disk at a time when an object is sent.
  static let pieceSize = 256 << 10
  /// Bytes up to which an object without a file of its own is kept in memory.
  private static let largestInMemory = 1 << 20

  let size: Int
  private let bytes: [UInt8]?
  private let descriptor: Int32

  /// Opens a file; nil when there is none.
  init?(path: String) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    var status = stat()
    guard file >= 0 else { return nil }
    guard fstat(file, &status) == 0 else {
      close(file)
      return nil
    }
    descriptor = file
    bytes = nil
    size = Int(status.st_size)
  }

  /// Shares the file of a body that has arrived; a small one is read into memory, so that it holds no file open.
  init(_ body: ReceivedBody) throws {
    size = body.size
    if body.size <= StoredObject.largestInMemory {
      bytes = try StoredObject.read(body.descriptor, from: 0, count: body.size)
      descriptor = -1
    } else {
      bytes = nil
      descriptor = fcntl(body.descriptor, F_DUPFD_CLOEXEC, 0)
      guard descriptor >= 0 else { throw FileReplacement.Problem(doing: "keep an object open", code: errno) }
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// At most `count` bytes from `offset` on; fewer only where the object ends.
  func read(from offset: Int, upTo count: Int) throws -> [UInt8] {
    let wanted = max(0, min(count, size - offset))
    if let bytes { return Array(bytes[offset..<offset + wanted]) }
    return try StoredObject.read(descriptor, from: offset, count: wanted)
  }

  private static func read(_ file: Int32, from offset: Int, count: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let more = pread(file, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset + filled))
        if more < 0, errno == EINTR { continue }
        guard more > 0 else { throw FileReplacement.Problem(doing: "read an object", code: more < 0 ? errno : EIO) }
        filled += more
      }
    }
  }
}
