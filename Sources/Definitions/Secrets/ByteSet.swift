/// A set of ASCII characters, asked for each byte of a text.
struct ByteSet: Sendable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  init(_ bytes: some Sequence<UInt8>) {
    for byte in bytes where byte < 128 {
      if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
    }
  }

  init(_ characters: String) { self.init(characters.utf8) }

  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    if byte < 64 { return low >> UInt64(byte) & 1 == 1 }
    return byte < 128 && high >> UInt64(byte - 64) & 1 == 1
  }

  static func + (left: ByteSet, right: ByteSet) -> ByteSet {
    var both = left
    both.low |= right.low
    both.high |= right.high
    return both
  }

  static let digits = ByteSet(UInt8(ascii: "0")...UInt8(ascii: "9"))
  static let lower = ByteSet(UInt8(ascii: "a")...UInt8(ascii: "z"))
  static let upper = ByteSet(UInt8(ascii: "A")...UInt8(ascii: "Z"))
  static let letters = lower + upper
  static let alphanumerics = letters + digits
  /// What may not stand beside a token: it would be part of a longer word.
  static let word = alphanumerics + ByteSet("_")
  /// base64 as URLs have it.
  static let urlSafe = word + ByteSet("-")
  static let base64 = alphanumerics + ByteSet("+/")
  static let hex = digits + ByteSet("abcdef")
  static let base32 = upper + ByteSet("234567")
}
