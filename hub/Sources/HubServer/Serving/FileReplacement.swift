import Foundation

/// Files that are there whole or not at all, whenever the process is killed.
enum FileReplacement {
  /// Writes beside the file and renames over it. It does not wait for the disk: the state outlives the process, not a power cut.
  static func write(_ bytes: some Collection<UInt8>, to path: String) throws {
    let temporary = "\(path).new"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else { throw Problem(doing: "open \(temporary)", code: errno) }
    let data = Array(bytes)
    var written = 0
    while written < data.count {
      let count = data.withUnsafeBytes { buffer in
        buffer.baseAddress.map { Foundation.write(descriptor, $0 + written, data.count - written) } ?? 0
      }
      guard count > 0 else {
        let code = errno
        close(descriptor)
        throw Problem(doing: "write \(temporary)", code: code)
      }
      written += count
    }
    close(descriptor)
    guard rename(temporary, path) == 0 else { throw Problem(doing: "rename \(temporary)", code: errno) }
  }

  struct Problem: LocalizedError {
    var doing: String
    var code: Int32
    var errorDescription: String? { "cannot \(doing): \(String(cString: strerror(code)))" }
  }
}
