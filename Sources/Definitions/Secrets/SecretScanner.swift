/// Finds secrets in bytes by their looks, without knowing what language they are in.
///
/// One pass. Every kind has a prefix; a table says for each pair of neighbouring bytes which kinds begin with it, and nearly all pairs
/// begin none.
enum SecretScanner {
  /// Something that looks like a secret.
  struct Match: Sendable {
    var kind: SecretKind
    /// All of it.
    var range: Range<Int>
    /// The part that may not be shown; before it is the prefix that every secret of the kind has.
    var hidden: Range<Int>
    var certainty: Certainty
  }

  enum Certainty: Sendable, Hashable {
    case certain
    /// In the form of one, and made up: documentation.
    case placeholder
    /// Almost in the form of one: cut short, run together with something, a checksum that is wrong. Masked, and not called one.
    case resembling
  }

  /// Every match, in the order of their places. Indices are those of the slice.
  static func matches(in text: ArraySlice<UInt8>) -> [Match] {
    text.withUnsafeBufferPointer { bytes in
      var found: [Match] = []
      scan(bytes) { match in
        // A token in the place of a URL's password is a token.
        if let last = found.last, last.kind.family == .password, match.kind.family == .token,
          last.range.contains(match.range.lowerBound), match.certainty != .resembling
        {
          found.removeLast()
        }
        found.append(match)
      }
      guard text.startIndex != 0 else { return found }
      return found.map { $0.shifted(by: text.startIndex) }
    }
  }

  private static func scan(_ bytes: SecretKind.Bytes, _ report: (Match) -> Void) {
    guard bytes.count > 1 else { return }
    Table.shared.groups.withUnsafeBufferPointer { groups in
      var index = 0
      var previous = Int(bytes[0] & 127)
      let last = bytes.count - 1
      while index < last {
        let next = Int(bytes[index + 1] & 127)
        let group = groups[previous << 7 | next]
        previous = next
        if group != 0, let match = match(at: index, of: Table.shared.kinds[Int(group)], bytes) {
          report(match)
          if let secret = awsSecret(near: match, bytes) { report(secret) }
          index = match.kind.family == .password ? index + 1 : max(index + 1, match.range.upperBound)
          guard index < last else { return }
          previous = Int(bytes[index] & 127)
          continue
        }
        index += 1
      }
    }
  }

  private static func match(at index: Int, of kinds: [SecretKind], _ bytes: SecretKind.Bytes) -> Match? {
    for kind in kinds where bytes.hasText(kind.prefix, at: index) {
      let begin = index + kind.prefix.count
      guard let fit = kind.body(bytes, begin) else { continue }
      let range = (fit.start ?? index)..<fit.end
      let hidden = (fit.hidden ?? begin)..<fit.end
      let isWhole =
        kind.family != .token
        || isBoundary(before: range.lowerBound, bytes) && !(fit.end < bytes.count && ByteSet.word.contains(bytes[fit.end]))
      let certainty: Certainty =
        if !fit.isExact || !isWhole { .resembling } else {
          fit.isPlaceholder ?? Placeholder.isLikely(bytes[hidden]) ? .placeholder : .certain
        }
      return Match(kind: kind, range: range, hidden: hidden, certainty: certainty)
    }
    return nil
  }

  /// Whether a word may begin here. The letter of an escape (`\n`) and the digits of one (`%3D`) belong to no word.
  private static func isBoundary(before index: Int, _ bytes: SecretKind.Bytes) -> Bool {
    guard index > 0, ByteSet.word.contains(bytes[index - 1]) else { return true }
    if index > 1, bytes[index - 2] == UInt8(ascii: "\\"), ByteSet("nrt").contains(bytes[index - 1]) { return true }
    return index > 2 && bytes[index - 3] == UInt8(ascii: "%")
      && bytes[(index - 2)..<index].allSatisfy { (ByteSet.hex + ByteSet("ABCDEF")).contains($0) }
  }

  // MARK: AWS

  private static let awsSecretKind = SecretKind("an AWS secret access key", "", body: { _, _ in nil })

  /// The secret that belongs to an AWS access key: it has no prefix, so it is looked for in the lines below the key only.
  private static func awsSecret(near match: Match, _ bytes: SecretKind.Bytes) -> Match? {
    guard match.certainty == .certain, match.kind.name.hasSuffix("AWS access key") else { return nil }
    var index = match.range.upperBound
    let last = min(bytes.count, index + 300)
    while index < last {
      let end = bytes.run(of: .base64, from: index)
      let body = bytes[index..<end]
      if body.count == 40, [ByteSet.upper, .lower, .digits].allSatisfy({ set in body.contains { set.contains($0) } }),
        !Placeholder.isLikely(body)
      {
        return Match(kind: awsSecretKind, range: index..<end, hidden: index..<end, certainty: .certain)
      }
      index = end + 1
    }
    return nil
  }

  // MARK: The table

  private struct Table: Sendable {
    /// By a pair of bytes, seven bits each: the place of a group in `kinds`; 0 for none.
    var groups = [UInt8](repeating: 0, count: 1 << 14)
    var kinds: [[SecretKind]] = [[]]

    static let shared = Table()

    init() {
      for kind in SecretKind.all {
        let pair = Int(kind.prefix[0]) << 7 | Int(kind.prefix[1])
        if groups[pair] == 0 {
          groups[pair] = UInt8(kinds.count)
          kinds.append([])
        }
        kinds[Int(groups[pair])].append(kind)
      }
    }
  }
}

extension SecretScanner.Match {
  fileprivate func shifted(by distance: Int) -> Self {
    func moved(_ range: Range<Int>) -> Range<Int> { range.lowerBound + distance..<range.upperBound + distance }
    return Self(kind: kind, range: moved(range), hidden: moved(hidden), certainty: certainty)
  }
}
