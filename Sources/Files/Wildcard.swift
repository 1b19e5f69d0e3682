import SpaceModel

/// One segment of a pattern, the part between two slashes: `*` any text, `?` one character, `[a-z]` one of a set, `\` takes the next
/// character as it is (gitignore(5), fnmatch(3)).
struct Wildcard: Hashable, Sendable {
  enum Token: Hashable, Sendable {
    case literal(Unicode.Scalar)
    case one
    case any
    case set([ClosedRange<Unicode.Scalar>], negated: Bool)
  }

  private let tokens: [Token]
  /// Of a pattern that is text with at most one `*`, as most are: the bytes before and after it.
  private let affixes: Affixes?

  private struct Affixes: Hashable, Sendable {
    var prefix: [UInt8]
    /// Nil without a `*`.
    var suffix: [UInt8]?

    func match(_ text: some Collection<UInt8>) -> Bool {
      guard let suffix else { return text.elementsEqual(prefix) }
      return text.count >= prefix.count + suffix.count && text.starts(with: prefix)
        && text.dropFirst(text.count - suffix.count).elementsEqual(suffix)
    }
  }

  /// The text it matches, when it matches one only.
  var literal: String? {
    var text = String.UnicodeScalarView()
    for token in tokens {
      guard case .literal(let scalar) = token else { return nil }
      text.append(scalar)
    }
    return String(text)
  }

  /// Nil when a set is not closed or a backslash is the last character: such a pattern matches nothing in git either.
  init?(_ text: some StringProtocol) {
    var tokens: [Token] = []
    let scalars = Array(text.unicodeScalars)
    var index = 0
    while index < scalars.count {
      switch scalars[index] {
      case "*":
        if tokens.last != .any { tokens.append(.any) }
        index += 1
      case "?":
        tokens.append(.one)
        index += 1
      case "\\":
        guard index + 1 < scalars.count else { return nil }
        tokens.append(.literal(scalars[index + 1]))
        index += 2
      case "[":
        guard let set = Wildcard.set(scalars, from: index) else { return nil }
        tokens.append(set.token)
        index = set.end
      case let scalar:
        tokens.append(.literal(scalar))
        index += 1
      }
    }
    self.tokens = tokens
    affixes = Wildcard.affixes(tokens)
  }

  private static func affixes(_ tokens: [Token]) -> Affixes? {
    var (texts, isAfter) = ([String.UnicodeScalarView(), String.UnicodeScalarView()], false)
    for token in tokens {
      switch token {
      case .literal(let scalar): texts[isAfter ? 1 : 0].append(scalar)
      case .any where !isAfter: isAfter = true
      case .any, .one, .set: return nil
      }
    }
    let bytes = texts.map { Array(String($0).utf8) }
    return Affixes(prefix: bytes[0], suffix: isAfter ? bytes[1] : nil)
  }

  /// Whether the whole text matches.
  func matches(_ text: some StringProtocol) -> Bool {
    if let affixes { return text.utf8.withContiguousStorageIfAvailable(affixes.match) ?? affixes.match(text.utf8) }
    return PatternMatch.matches(tokens, Array(text.unicodeScalars), isAny: { $0 == .any }, matches: Wildcard.matches)
  }

  private static func matches(_ token: Token, _ scalar: Unicode.Scalar) -> Bool {
    switch token {
    case .literal(let wanted): scalar == wanted
    case .one: true
    case .any: false
    case .set(let ranges, let negated): ranges.contains { $0.contains(scalar) } != negated
    }
  }

  private static func set(_ scalars: [Unicode.Scalar], from start: Int) -> (token: Token, end: Int)? {
    var index = start + 1
    let negated = index < scalars.count && (scalars[index] == "!" || scalars[index] == "^")
    if negated { index += 1 }
    var ranges: [ClosedRange<Unicode.Scalar>] = []
    var isFirst = true
    while index < scalars.count {
      // A bracket in the first place stands for itself.
      if scalars[index] == "]", !isFirst { return (.set(ranges, negated: negated), index + 1) }
      isFirst = false
      if scalars[index] == "[", let named = namedClass(scalars, from: index) {
        ranges += named.ranges
        index = named.end
        continue
      }
      if scalars[index] == "\\" { index += 1 }
      guard index < scalars.count else { return nil }
      let low = scalars[index]
      index += 1
      guard index + 1 < scalars.count, scalars[index] == "-", scalars[index + 1] != "]" else {
        ranges.append(low...low)
        continue
      }
      index += 1
      if scalars[index] == "\\" { index += 1 }
      guard index < scalars.count else { return nil }
      if low <= scalars[index] { ranges.append(low...scalars[index]) }
      index += 1
    }
    return nil
  }

  private static func namedClass(
    _ scalars: [Unicode.Scalar], from start: Int
  ) -> (ranges: [ClosedRange<Unicode.Scalar>], end: Int)? {
    let classes: [String: [ClosedRange<Unicode.Scalar>]] = [
      "alpha": ["a"..."z", "A"..."Z"], "digit": ["0"..."9"], "alnum": ["a"..."z", "A"..."Z", "0"..."9"],
      "lower": ["a"..."z"], "upper": ["A"..."Z"], "xdigit": ["0"..."9", "a"..."f", "A"..."F"],
      "space": ["\t"..."\r", " "..." "], "punct": ["!"..."/", ":"..."@", "["..."`", "{"..."~"],
    ]
    guard start + 1 < scalars.count, scalars[start + 1] == ":" else { return nil }
    var name = ""
    var index = start + 2
    while index + 1 < scalars.count {
      if scalars[index] == ":", scalars[index + 1] == "]" { return classes[name].map { ($0, index + 2) } }
      name.unicodeScalars.append(scalars[index])
      index += 1
    }
    return nil
  }
}
