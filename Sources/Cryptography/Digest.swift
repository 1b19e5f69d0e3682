import CLibCrypto

/// Digests of bytes in memory, in lower-case hex.
public enum Digest {
  public static func sha256Hex(_ bytes: some Collection<UInt8>) -> String { hex(.sha256, bytes) }

  public static func sha1Hex(_ bytes: some Collection<UInt8>) -> String { hex(.sha1, bytes) }

  /// The id git gives a file with these bytes: SHA-1 of `blob <size>`, a zero byte and the bytes. The Hub shows it as a tree
  /// entry's `oid` (facts hub-api section 4.2).
  public static func gitBlobID(_ bytes: some Collection<UInt8>) -> String {
    var digest = RunningDigest(.sha1)
    digest.update(blobHeader(size: bytes.count))
    digest.update(bytes)
    return digest.finishHex()
  }

  /// Both ids of a file with these bytes, in one pass.
  public static func ids(of bytes: some Collection<UInt8>) -> (git: String, sha256: String) {
    var git = RunningDigest(.sha1)
    var sha256 = RunningDigest(.sha256)
    git.update(blobHeader(size: bytes.count))
    git.update(bytes)
    sha256.update(bytes)
    return (git.finishHex(), sha256.finishHex())
  }

  /// HMAC-SHA-256 (RFC 2104).
  public static func hmacSHA256Hex(key: [UInt8], message: [UInt8]) -> String {
    // libcrypto takes the key's length as an int; a longer key than one block is hashed first by definition, so that is done here.
    let key = key.count > 64 ? rawSHA256(key) : key
    var code = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    let answer = HMAC(
      RunningDigest.Algorithm.sha256.method, key, Int32(key.count), message, message.count, &code, &length)
    precondition(answer != nil, "libcrypto cannot compute an HMAC")
    return Hex.text(Array(code[..<Int(length)]))
  }

  static func blobHeader(size: Int) -> [UInt8] { Array("blob \(size)".utf8) + [0] }

  private static func hex(_ algorithm: RunningDigest.Algorithm, _ bytes: some Collection<UInt8>) -> String {
    var digest = RunningDigest(algorithm)
    digest.update(bytes)
    return digest.finishHex()
  }

  private static func rawSHA256(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    let done = EVP_Digest(bytes, bytes.count, &digest, &length, RunningDigest.Algorithm.sha256.method, nil)
    precondition(done == 1, "libcrypto cannot hash")
    return Array(digest[..<Int(length)])
  }
}

extension RunningDigest {
  /// Bytes of any collection; contiguous ones (arrays, slices, a string's UTF-8) are not copied.
  public mutating func update(_ bytes: some Collection<UInt8>) {
    if bytes.withContiguousStorageIfAvailable({ update(UnsafeRawBufferPointer($0)) }) == nil {
      Array(bytes).withUnsafeBytes { update($0) }
    }
  }
}
