import Diagnostics

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension Digest {
  /// Both ids of a file's bytes, and its size in bytes: one pass, in pieces, so that a file of any size needs the same memory.
  ///
  /// Symbolic links are followed; containment is the caller's business. Fails when the file cannot be read, is not a regular file,
  /// or changes its size while it is read (the git id is taken over the size first).
  public static func ofFile(_ path: String) throws(Failure) -> (git: String, sha256: String, size: Int) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, String(cString: strerror(errno))) }
    defer { close(descriptor) }

    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path, String(cString: strerror(errno))) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw failure(path, "it is not a regular file") }
    let size = Int(status.st_size)

    var git = RunningDigest(.sha1)
    var sha256 = RunningDigest(.sha256)
    git.update(blobHeader(size: size))
    var total = 0
    // Small enough for both digests to find the piece in the processor's cache.
    var buffer = [UInt8](repeating: 0, count: 128 * 1024)
    while true {
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(path, String(cString: strerror(errno))) }
      if count == 0 { break }
      git.update(buffer[..<count])
      sha256.update(buffer[..<count])
      total += count
    }
    guard total == size else {
      throw failure(path, "its size changed from \(size) to \(total) bytes while it was read", help: "Run the command again.")
    }
    return (git.finishHex(), sha256.finishHex(), size)
  }

  private static func failure(_ path: String, _ problem: String, help: String? = nil) -> Failure {
    Failure(doing: "hashing \(path)", problem: problem, help: help)
  }
}
