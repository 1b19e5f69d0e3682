import CLibArchive
import Diagnostics

/// A zip file with whole files in it, written by libarchive. The same files make the same bytes: they are dated as early as the format goes.
public enum ZipArchive {
  /// A file of the archive.
  public struct File: Sendable {
    public var name: String
    public var bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  /// 1980-01-01T00:00:00Z, the first moment that a zip file can name.
  private static let date = 315_532_800

  /// The bytes of an archive with these files, in this order.
  /// - Throws: when libarchive refuses, which it does for want of memory.
  public static func bytes(_ files: [File]) throws(Failure) -> [UInt8] {
    guard let archive = archive_write_new() else { throw refused("there is no memory for it") }
    defer { archive_write_free(archive) }
    let output = Output()
    func check(_ status: Int32) throws(Failure) {
      guard status >= ARCHIVE_WARN else {
        throw refused(archive_error_string(archive).map { String(cString: $0) } ?? "libarchive refuses without a word")
      }
    }
    try check(archive_write_set_format_zip(archive))
    // Owners and finer times would only be this machine's.
    try check(archive_write_set_options(archive, "zip:compression=deflate,zip:!experimental"))
    try check(archive_write_set_bytes_in_last_block(archive, 1))
    try check(
      archive_write_open2(
        archive, Unmanaged.passUnretained(output).toOpaque(), nil,
        { _, context, buffer, count in
          guard let context, let buffer else { return 0 }
          Unmanaged<Output>.fromOpaque(context).takeUnretainedValue().bytes += UnsafeRawBufferPointer(
            start: buffer, count: count)
          return count
        }, nil, nil))
    for file in files {
      guard let entry = archive_entry_new() else { throw refused("there is no memory for it") }
      defer { archive_entry_free(entry) }
      archive_entry_set_pathname(entry, file.name)
      archive_entry_set_size(entry, Int64(file.bytes.count))
      archive_entry_set_filetype(entry, 0o100_000)
      archive_entry_set_perm(entry, 0o644)
      archive_entry_set_mtime(entry, date, 0)
      try check(archive_write_header(archive, entry))
      var left = file.bytes[...]
      while !left.isEmpty {
        let count = left.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
        guard count > 0 else {
          throw refused(archive_error_string(archive).map { String(cString: $0) } ?? "nothing is written")
        }
        left = left.dropFirst(count)
      }
    }
    try check(archive_write_close(archive))
    return output.bytes
  }

  private final class Output {
    var bytes: [UInt8] = []
  }

  private static func refused(_ problem: String) -> Failure {
    Failure(doing: "writing a zip file", problem: problem, help: "Free memory, then run the command again.")
  }
}
