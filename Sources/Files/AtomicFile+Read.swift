import Diagnostics
import Platform

extension AtomicFile {
  /// The file's bytes; nil when there is none. Because writers replace, a reader needs no lock: it sees the old file or the new.
  public static func read(_ path: String) throws(Failure) -> [UInt8]? {
    // Opening a pipe would else wait for somebody to write into it.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      throw Failure.system("reading \(path)", code: errno)
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw Failure.system("reading \(path)", code: errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw Failure.system("reading \(path)", code: EISDIR)
    default: throw SourceFile.Obstacle.irregular.failure(reading: path)
    }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size) + 1)
    var filled = 0
    while true {
      let count = bytes.withUnsafeMutableBytes { buffer in
        readDescriptor(file, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure.system("reading \(path)", code: errno) }
      guard count > 0 else { break }
      filled += count
      if filled == bytes.count { bytes += [UInt8](repeating: 0, count: max(4096, bytes.count)) }
    }
    bytes.removeLast(bytes.count - filled)
    return bytes
  }
}
