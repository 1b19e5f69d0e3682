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
    guard bytes.count > 2 else { return }
    let table = SecretTable.shared
    table.groups.withUnsafeBufferPointer { groups in
      // Nothing is written through the pointers, and every index is below the count.
      var index = 0
      var begin = 0
      let last = bytes.count &- 1
      @inline(__always) func group(_ place: Int) -> UInt8 {
        groups[Int(bytes[place] & 127) &<< 7 | Int(bytes[place &+ 1] & 127)]
      }
      while index < last {
        // Four pairs at a time, for nearly always none of them begins anything.
        while index &+ 4 < last, group(index) | group(index &+ 1) | group(index &+ 2) | group(index &+ 3) == 0 { index &+= 4 }
        let number = group(index)
        guard number != 0, let match = table.match(at: index, from: begin, number, bytes) else {
          index &+= 1
          continue
        }
        report(match)
        if let secret = awsSecret(near: match, bytes) { report(secret) }
        // A password may turn out to be a token.
        begin = match.kind.family == .password ? index + 1 : max(index + 1, match.range.upperBound)
        index = begin
      }
    }
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
}

extension SecretScanner.Match {
  fileprivate func shifted(by distance: Int) -> Self {
    func moved(_ range: Range<Int>) -> Range<Int> { range.lowerBound + distance..<range.upperBound + distance }
    return Self(kind: kind, range: moved(range), hidden: moved(hidden), certainty: certainty)
  }
}
