import Cryptography
import Foundation

/// A request's body on its way to disk, its SHA-256 taken as it comes. Used by one task.
final class IncomingBody {
  private let path: String
  private let keepsName: Bool
  private var descriptor: Int32
  private var digest: RunningDigest? = RunningDigest(.sha256)
  private var size = 0

  /// - Parameter keepsName: false removes the name at once: the file lives as long as it is open, and a killed process leaves nothing.
  init(path: String, keepsName: Bool) throws {
    self.path = path
    self.keepsName = keepsName
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileReplacement.Problem(doing: "open \(path)", code: errno) }
    if !keepsName { unlink(path) }
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    if keepsName { unlink(path) }
  }

  func append(_ bytes: UnsafeRawBufferPointer) throws {
    var written = 0
    while written < bytes.count {
      let count = write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw FileReplacement.Problem(doing: "write \(path)", code: count < 0 ? errno : ENOSPC)
      }
      written += count
    }
    digest?.update(bytes)
    size += bytes.count
  }

  /// The whole body. Nothing can be appended afterwards.
  func finish() throws -> ReceivedBody {
    guard let digest = digest.take() else {
      throw FileReplacement.Problem(doing: "finish \(path) twice", code: EINVAL)
    }
    defer { descriptor = -1 }
    return ReceivedBody(
      descriptor: descriptor, path: keepsName ? path : nil, size: size, sha256: digest.finishHex())
  }
}

/// A body that has arrived whole. Its file goes away with it unless it was given a name to stay under.
final class ReceivedBody: Sendable {
  let size: Int
  let sha256: String
  let descriptor: Int32
  private let path: String?

  init(descriptor: Int32, path: String?, size: Int, sha256: String) {
    self.descriptor = descriptor
    self.path = path
    self.size = size
    self.sha256 = sha256
  }

  deinit {
    close(descriptor)
    // After a rename nothing has this name any more.
    if let path { unlink(path) }
  }

  func rename(to target: String) throws {
    guard let path else { throw FileReplacement.Problem(doing: "name a nameless file \(target)", code: EINVAL) }
    guard Foundation.rename(path, target) == 0 else {
      throw FileReplacement.Problem(doing: "rename \(path)", code: errno)
    }
  }
}
