extension SecretKind {
  /// `sk-` alone: 48 characters with OpenAI's mark or of every sort, or 32 hexadecimal ones as others issue.
  static let plainKey: @Sendable (Bytes, Int) -> Fit? = { bytes, begin in
    let end = bytes.run(of: .alphanumerics, from: begin)
    let body = bytes[begin..<end]
    guard body.count >= 20 else { return nil }
    let isExact =
      switch body.count {
      case 48: [ByteSet.upper, .lower, .digits].allSatisfy { set in body.contains { set.contains($0) } }
      case 32: body.allSatisfy { ByteSet.hex.contains($0) } && body.contains { ByteSet.digits.contains($0) }
      default: false
      }
    return Fit(end: end, isExact: isExact)
  }

  /// A key of a web page's Firebase configuration is public by design, and stands beside the rest of that configuration.
  static let googleKey: @Sendable (Bytes, Int) -> Fit? = { bytes, begin in
    guard var fit = run(.urlSafe, 35...35)(bytes, begin) else { return nil }
    let near = bytes[max(0, begin - 400)..<min(bytes.count, fit.end + 400)]
    if ["authDomain", "firebaseapp"].contains(where: { near.holds($0) }) { fit.isExact = false }
    return fit
  }

  /// In a signed address the key names who signed it, and is followed by a day: that opens nothing.
  static let awsKey: @Sendable (Bytes, Int) -> Fit? = { bytes, begin in
    guard var fit = run(.base32, 16...16)(bytes, begin) else { return nil }
    let day = ["/", "%2F"].first { bytes.hasText(Array($0.utf8), at: fit.end) }.map { fit.end + $0.utf8.count }
    if let day, bytes.run(of: .digits, from: day, limit: 9) - day == 8 { fit.isExact = false }
    return fit
  }

  static let azureKey: @Sendable (Bytes, Int) -> Fit? = { bytes, begin in
    let end = bytes.run(of: .base64, from: begin)
    guard end - begin == 86, bytes.hasText(Array("==".utf8), at: end) else { return nil }
    return Fit(end: end + 2, isExact: true)
  }

  static let sendGridKey: @Sendable (Bytes, Int) -> Fit? = { bytes, begin in
    let middle = bytes.run(of: .urlSafe, from: begin, limit: 22)
    guard middle - begin == 22, bytes.hasText([UInt8(ascii: ".")], at: middle) else { return nil }
    let end = bytes.run(of: .urlSafe, from: middle + 1)
    return end - middle - 1 == 43 ? Fit(end: end, isExact: true) : nil
  }

  /// The bot's number, a colon, and 35 characters that begin with `AA`.
  static let telegramToken: @Sendable (Bytes, Int) -> Fit? = { bytes, begin in
    var start = begin - 3
    while start > 0, ByteSet.digits.contains(bytes[start - 1]), begin - 3 - start < 12 { start -= 1 }
    let end = bytes.run(of: .urlSafe, from: begin)
    guard (8...10).contains(begin - 3 - start), end - begin == 33 else { return nil }
    return Fit(end: end, isExact: true, hidden: begin - 2, start: start)
  }

  // MARK: Private keys

  static let privateKey = SecretKind("a private key", "-----BEGIN ", anchor: 5, family: .privateKey, body: privateKeyBlock)

  /// From the label to the last line of the block, or to where the text stops looking like one. Line breaks may be written as `\n`.
  private static let privateKeyBlock: @Sendable (Bytes, Int) -> Fit? = { bytes, begin in
    let label = bytes.run(of: .upper + .digits + ByteSet(" "), from: begin, limit: 40)
    let dashes = Array("-----".utf8)
    guard bytes.hasText(dashes, at: label), bytes[begin..<label].holds("PRIVATE KEY") else { return nil }
    let hidden = label + dashes.count
    let characters = ByteSet.base64 + ByteSet("=")
    let between = ByteSet(" \t\r\n\\\"',+:")
    var index = hidden
    var end = hidden
    var (longest, length) = (0, 0)
    var seen: Set<UInt8> = []
    while index < bytes.count, index - hidden < 32_768 {
      let byte = bytes[index]
      if bytes.hasText(dashes, at: index) { break }
      length = characters.contains(byte) ? length + 1 : 0
      longest = max(longest, length)
      if byte == UInt8(ascii: "\\"), index + 1 < bytes.count, ByteSet("nrt").contains(bytes[index + 1]) {
        index += 2
      } else if characters.contains(byte) || ByteSet("-.").contains(byte) {
        seen.insert(byte)
        index += 1
        end = index
      } else if between.contains(byte) {
        index += 1
      } else {
        break
      }
    }
    // A line of base64, rather than the words of a sentence about keys.
    let isReal = longest >= 40 && seen.count >= 20
    return Fit(end: end, isExact: true, hidden: hidden, isPlaceholder: !isReal)
  }

  // MARK: URLs

  static let urlPassword = SecretKind("a password", "://", family: .password, body: password)

  /// `user:password@host` after a scheme. What a template will fill in (`$`, `{`, `<`) is no password.
  private static let password: @Sendable (Bytes, Int) -> Fit? = { bytes, begin in
    let part = ByteSet.word + ByteSet("-.~!&'*+;=%,")
    let scheme = begin - 4
    guard scheme >= 0, ByteSet.alphanumerics.contains(bytes[scheme]) else { return nil }
    let colon = bytes.run(of: part, from: begin, limit: 128)
    guard bytes.hasText([UInt8(ascii: ":")], at: colon) else { return nil }
    let end = bytes.run(of: part + ByteSet(":^|"), from: colon + 1, limit: 256)
    guard end > colon + 1, bytes.hasText([UInt8(ascii: "@")], at: end), end + 1 < bytes.count,
      ByteSet.alphanumerics.contains(bytes[end + 1])
    else { return nil }
    guard !bytes[begin..<end].holdsDirective else { return nil }
    let user = String(decoding: bytes[begin..<colon], as: UTF8.self)
    let text = String(decoding: bytes[(colon + 1)..<end], as: UTF8.self)
    return Fit(
      end: end, isExact: true, hidden: colon + 1, start: colon + 1,
      isPlaceholder: Placeholder.isPassword(text, user: user))
  }
}

extension Slice<UnsafeBufferPointer<UInt8>> {
  /// A `%` that begins no escape but what a formatting function fills in.
  fileprivate var holdsDirective: Bool {
    let digits = ByteSet.hex + ByteSet("ABCDEF")
    return indices.contains { index in
      self[index] == UInt8(ascii: "%")
        && !(index + 2 < endIndex && digits.contains(self[index + 1]) && digits.contains(self[index + 2]))
    }
  }

  /// Whether a short text stands somewhere in it.
  func holds(_ text: String) -> Bool {
    let wanted = Array(text.utf8)
    guard count >= wanted.count else { return false }
    return (startIndex...(endIndex - wanted.count)).contains { base.hasText(wanted, at: $0) }
  }
}
