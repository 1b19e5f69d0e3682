import CLibCrypto

/// A digest taken piece by piece: `update` as often as wanted, then `finishHex` once.
///
/// libcrypto's EVP interface, one context each. The calls fail only when memory is exhausted or when the system's libcrypto has
/// no such algorithm at all; a digest that is silently wrong would be worse than stopping, so that stops the program.
public struct RunningDigest: ~Copyable {
  public enum Algorithm: Sendable { case sha1, sha256 }

  private let context: OpaquePointer

  public init(_ algorithm: Algorithm) {
    guard let method = algorithm.method, let context = EVP_MD_CTX_new() else {
      preconditionFailure("libcrypto has no \(algorithm), or no memory for it")
    }
    self.context = context
    precondition(EVP_DigestInit_ex2(context, method, nil) == 1, "libcrypto cannot begin a digest")
  }

  deinit { EVP_MD_CTX_free(context) }

  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    precondition(EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1, "libcrypto cannot continue a digest")
  }

  /// The digest in lower-case hex. The value is used up.
  public consuming func finishHex() -> String {
    withUnsafeTemporaryAllocation(byteCount: Int(EVP_MAX_MD_SIZE), alignment: 1) { digest in
      var length: UInt32 = 0
      let written = EVP_DigestFinal_ex(context, digest.bindMemory(to: UInt8.self).baseAddress, &length)
      precondition(written == 1, "libcrypto cannot finish a digest")
      return Hex.text(UnsafeRawBufferPointer(rebasing: digest[..<Int(length)]))
    }
  }
}

extension RunningDigest.Algorithm {
  // Fetched once: an implicit fetch for every digest takes a lock and a table walk, which for small files costs more than hashing.
  // EVP_MD is immutable after the fetch and documented as safe to share between threads.
  nonisolated(unsafe) private static let sha1Method = EVP_MD_fetch(nil, "SHA1", nil)
  nonisolated(unsafe) private static let sha256Method = EVP_MD_fetch(nil, "SHA256", nil)

  var method: OpaquePointer? {
    switch self {
    case .sha1: Self.sha1Method
    case .sha256: Self.sha256Method
    }
  }
}
