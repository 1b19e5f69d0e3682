/// Which kinds of secrets may begin where: asked for each pair of neighbouring bytes, and answered at once for nearly all.
struct SecretTable: Sendable {
  private struct Group: Sendable {
    var kinds: [SecretKind] = []
    /// What follows the pair in any of them.
    var thirds = ByteSet("")
  }

  /// By a pair of bytes, seven bits each: the number of a group; 0 for none.
  private(set) var groups = [UInt8](repeating: 0, count: 1 << 14)
  private var byNumber = [Group()]

  static let shared = SecretTable()

  private init() {
    for kind in SecretKind.all {
      let anchor = kind.anchor
      let pair = Int(kind.prefix[anchor]) << 7 | Int(kind.prefix[anchor + 1])
      if groups[pair] == 0 {
        groups[pair] = UInt8(byNumber.count)
        byNumber.append(Group())
      }
      let number = Int(groups[pair])
      byNumber[number].kinds.append(kind)
      byNumber[number].thirds = byNumber[number].thirds + ByteSet(CollectionOfOne(kind.prefix[anchor + 2]))
    }
  }

  /// The secret whose prefix has its pair at an index; nil when there is none.
  /// - Parameter first: where the secret may begin at the earliest.
  func match(at index: Int, from first: Int, _ number: UInt8, _ bytes: SecretKind.Bytes) -> SecretScanner.Match? {
    guard index + 2 < bytes.count, byNumber[Int(number)].thirds.contains(bytes[index + 2]) else { return nil }
    for kind in byNumber[Int(number)].kinds {
      let begin = index - kind.anchor
      guard begin >= first, bytes.hasText(kind.prefix, at: begin), let fit = kind.body(bytes, begin + kind.prefix.count) else {
        continue
      }
      if kind.family == .token, SecretTable.isName(bytes[(begin + kind.prefix.count)..<fit.end]) { continue }
      return SecretTable.match(kind, at: begin, fit, bytes)
    }
    return nil
  }

  /// Words joined as names are, without a digit or a capital: `hf_oauth_expiration_minutes` is a key of the card. No issuer draws such.
  private static func isName(_ body: some Sequence<UInt8>) -> Bool {
    body.allSatisfy {
      ByteSet.lower.contains($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
    }
  }

  private static func match(
    _ kind: SecretKind, at index: Int, _ fit: SecretKind.Fit, _ bytes: SecretKind.Bytes
  ) -> SecretScanner.Match {
    let range = (fit.start ?? index)..<fit.end
    let hidden = (fit.hidden ?? index + kind.prefix.count)..<fit.end
    let isWhole =
      kind.family != .token
      || isBoundary(before: range.lowerBound, bytes) && !(fit.end < bytes.count && ByteSet.word.contains(bytes[fit.end]))
    let certainty: SecretScanner.Certainty =
      if !fit.isExact || !isWhole { .resembling } else {
        fit.isPlaceholder ?? Placeholder.isLikely(bytes[hidden]) ? .placeholder : .certain
      }
    return SecretScanner.Match(kind: kind, range: range, hidden: hidden, certainty: certainty)
  }

  /// Whether a word may begin here. The letter of an escape (`\n`) and the digits of one (`%3D`) belong to no word.
  private static func isBoundary(before index: Int, _ bytes: SecretKind.Bytes) -> Bool {
    guard index > 0, ByteSet.word.contains(bytes[index - 1]) else { return true }
    if index > 1, bytes[index - 2] == UInt8(ascii: "\\"), ByteSet("nrt").contains(bytes[index - 1]) { return true }
    return index > 2 && bytes[index - 3] == UInt8(ascii: "%")
      && bytes[(index - 2)..<index].allSatisfy { (ByteSet.hex + ByteSet("ABCDEF")).contains($0) }
  }
}
