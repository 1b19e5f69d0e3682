/// Base64 with the standard alphabet and no padding.
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func unpadded(_ bytes: [UInt8]) -> String {
    var out: [UInt8] = []
    var start = 0
    while start < bytes.count {
      let part = bytes[start..<min(start + 3, bytes.count)]
      let bits = part.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - part.count))
      for place in 0...part.count { out.append(alphabet[bits >> (18 - 6 * place) & 63]) }
      start += 3
    }
    return String(decoding: out, as: UTF8.self)
  }
}
