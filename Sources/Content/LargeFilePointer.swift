/// A git-lfs pointer: the small text that stands in git for a large file (git-lfs `docs/spec.md`).
public struct LargeFilePointer: Hashable, Sendable {
  /// SHA-256 of the large file, in lower-case hex.
  public var sha256: String
  /// Its size in bytes.
  public var size: Int

  /// What a pointer is smaller than, in bytes.
  public static let limit = 1024

  /// Nil when the bytes are anything but a pointer.
  public init?(_ bytes: [UInt8]) {
    guard bytes.count < LargeFilePointer.limit, bytes.starts(with: "version https://git-lfs.github.com/spec/v1\n".utf8) else {
      return nil
    }
    var sha256: String?
    var size: Int?
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      if line.hasPrefix("oid sha256:") { sha256 = String(line.dropFirst(11)) }
      if line.hasPrefix("size ") { size = Int(line.dropFirst(5)) }
    }
    guard let sha256, let size, size >= 0, sha256.utf8.count == 64,
      sha256.utf8.allSatisfy({
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
      })
    else { return nil }
    self.sha256 = sha256
    self.size = size
  }
}
