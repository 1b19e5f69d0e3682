import CLibCrypto

/// Random bytes from the system's libcrypto, fit for keys, run ids and boundaries.
public enum RandomBytes {
  /// - Parameter count: how many bytes; the text is twice as long.
  public static func hex(count: Int) -> String { Hex.text(bytes(count: count)) }

  public static func bytes(count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    // Fails only when the operating system has no entropy source; going on with zeros would be a predictable secret.
    precondition(RAND_bytes(&bytes, Int32(count)) == 1, "the system's random number generator failed")
    return bytes
  }
}
