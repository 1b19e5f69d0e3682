import Diagnostics
import Platform

/// What a file holds, by its ids, without its bytes.
public struct FileDigest: Hashable, Sendable {
  /// As `Digest.gitBlobID`.
  public var git: String
  public var sha256: String
  /// Bytes.
  public var size: Int
  /// The file's first bytes, as many as were asked for.
  public var head: [UInt8]
}

extension Digest {
  /// Both ids of a file's bytes, and its size in bytes: one pass, in pieces, so that a file of any size needs the same memory.
  ///
  /// Symbolic links are followed; containment is the caller's business. Fails when the file cannot be read, is not a regular file,
  /// or changes its size while it is read (the git id is taken over the size first).
  public static func ofFile(_ path: String) throws(Failure) -> (git: String, sha256: String, size: Int) {
    let digest = try scan(path, head: 0)
    return (digest.git, digest.sha256, digest.size)
  }

  /// As `ofFile`, and keeps the file's first bytes.
  /// - Parameters:
  ///   - path: the file on the disk.
  ///   - name: what failures call it; the path when nil.
  ///   - limit: how many bytes at most.
  public static func scan(_ path: String, as name: String? = nil, head limit: Int) throws(Failure) -> FileDigest {
    let name = name ?? path
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw failure(name, String(cString: strerror(errno))) }
    defer { close(descriptor) }

    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(name, String(cString: strerror(errno))) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw failure(name, "it is not a regular file") }
    let size = Int(status.st_size)

    var git = RunningDigest(.sha1)
    var sha256 = RunningDigest(.sha256)
    git.update(blobHeader(size: size))
    var total = 0
    var head: [UInt8] = []
    // Small enough for both digests to find the piece in the processor's cache.
    var buffer = [UInt8](repeating: 0, count: min(128 * 1024, size + 1))
    while true {
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(name, String(cString: strerror(errno))) }
      if count == 0 { break }
      git.update(buffer[..<count])
      sha256.update(buffer[..<count])
      if head.count < limit { head += buffer[..<min(count, limit - head.count)] }
      total += count
    }
    guard total == size else {
      throw failure(name, "its size changed from \(size) to \(total) bytes while it was read", help: "Run the command again.")
    }
    return FileDigest(git: git.finishHex(), sha256: sha256.finishHex(), size: size, head: head)
  }

  private static func failure(_ path: String, _ problem: String, help: String? = nil) -> Failure {
    Failure(doing: "reading \(path)", problem: problem, help: help ?? "Check that it is a file you may read (`ls -l`).")
  }
}

extension Digest {
  /// As `scan` of a file, for bytes in memory.
  public static func scan(_ bytes: [UInt8], head limit: Int) -> FileDigest {
    let (git, sha256) = ids(of: bytes)
    return FileDigest(git: git, sha256: sha256, size: bytes.count, head: Array(bytes.prefix(limit)))
  }
}
