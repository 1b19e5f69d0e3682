/// A kind of secret that can be told by its looks: the prefix its issuer gives it, and what follows.
struct SecretKind: Sendable {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  enum Family: Sendable, Hashable {
    case token
    case privateKey
    /// In a URL.
    case password
  }

  /// How far what follows a prefix is a secret.
  struct Fit: Sendable, Hashable {
    var end: Int
    /// As issuers make it. Otherwise it looks enough like one to be masked, and is not called one.
    var isExact: Bool
    /// Where the part begins that is not to be shown; just after the prefix when nil.
    var hidden: Int?
    /// Where the secret begins, when that is not the prefix.
    var start: Int?
    /// Whether it stands for a value rather than being one; judged by what is hidden when nil.
    var isPlaceholder: Bool?
  }

  /// Whose, with an article: for messages.
  let name: String
  let family: Family
  let prefix: [UInt8]
  /// Where in the prefix the pair of bytes stands that it is looked for by: one that is rare in other texts.
  let anchor: Int
  /// - Parameters: the text, and the index just after the prefix.
  let body: @Sendable (Bytes, Int) -> Fit?

  init(
    _ name: String, _ prefix: String, anchor: Int = 0, family: Family = .token,
    body: @escaping @Sendable (Bytes, Int) -> Fit?
  ) {
    self.name = name
    self.family = family
    self.prefix = Array(prefix.utf8)
    self.anchor = anchor
    self.body = body
  }

  // MARK: Bodies

  /// A run of characters of a set, no longer and no shorter than issued.
  /// - Parameters:
  ///   - needs: each of these has a character in it, or it was not drawn at random.
  ///   - hasChecksum: the run ends in one, which must be right.
  static func run(
    _ set: ByteSet, _ lengths: ClosedRange<Int>, needs: [ByteSet] = [], hasChecksum: Bool = false
  ) -> @Sendable (Bytes, Int) -> Fit? {
    { bytes, begin in
      var end = bytes.run(of: set, from: begin)
      // The full stop or dash after a token in prose is none of it.
      while end > begin, bytes[end - 1] == UInt8(ascii: ".") || bytes[end - 1] == UInt8(ascii: "-"),
        end - begin > lengths.lowerBound
      { end -= 1 }
      let body = bytes[begin..<end]
      // A token cut short or run together with something is still not to be shown.
      guard body.count >= min(lengths.lowerBound, 16) else { return nil }
      let isExact =
        lengths.contains(body.count) && needs.allSatisfy { set in body.contains { set.contains($0) } }
        && (!hasChecksum || TokenChecksum.isRight(body))
      return Fit(end: end, isExact: isExact)
    }
  }

  /// Runs of fixed lengths, with fixed texts between them: `22` of the set, `_`, `59` of it.
  static func parts(_ set: ByteSet, _ lengths: [Int], between separator: Character) -> @Sendable (Bytes, Int) -> Fit? {
    let between = Array(String(separator).utf8)
    return { bytes, begin in
      var index = begin
      for (number, length) in lengths.enumerated() {
        if number > 0 {
          guard bytes.hasText(between, at: index) else { return nil }
          index += between.count
        }
        let end = bytes.run(of: set, from: index, limit: length)
        guard end - index == length else { return nil }
        index = end
      }
      return Fit(end: index, isExact: true)
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Where a run of characters of a set ends.
  @inline(__always)
  func run(of set: ByteSet, from begin: Int, limit: Int = 4096) -> Int {
    let last = Swift.min(count, begin + limit)
    var index = begin
    while index < last, set.contains(self[index]) { index += 1 }
    return index
  }

  @inline(__always)
  func hasText(_ text: [UInt8], at begin: Int) -> Bool {
    guard begin + text.count <= count else { return false }
    for offset in text.indices where self[begin + offset] != text[offset] { return false }
    return true
  }
}
