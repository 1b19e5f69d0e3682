/// The checksum in the last six characters of a GitHub or npm token: CRC-32 of what is before it, in base 62.
enum TokenChecksum {
  static let length = 6
  private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

  /// - Parameter body: the token without its prefix.
  static func isRight(_ body: some BidirectionalCollection<UInt8>) -> Bool {
    guard body.count > length else { return false }
    return checksum(of: body.dropLast(length)).elementsEqual(body.suffix(length))
  }

  static func checksum(of bytes: some Sequence<UInt8>) -> [UInt8] {
    var rest = crc32(bytes)
    var digits = [UInt8](repeating: alphabet[0], count: length)
    for place in digits.indices.reversed() where rest > 0 {
      digits[place] = alphabet[Int(rest % 62)]
      rest /= 62
    }
    return digits
  }

  /// Bit by bit: tokens are short, and few.
  private static func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var crc = UInt32.max
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return ~crc
  }
}
