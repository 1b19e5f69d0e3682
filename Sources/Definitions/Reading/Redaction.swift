import Diagnostics

/// Masks what may be a secret in a text that will be shown.
enum Redaction {
  /// - Parameters:
  ///   - spans: the values to mask, character by character, so that places on the line stay what they are.
  ///   - isUnreadable: the file is not YAML, so that nobody knows what is a value: then everything after a colon in a
  ///     `secrets` block is masked.
  static func text(_ bytes: [UInt8], hiding spans: [SourceSpan], isUnreadable: Bool) -> String {
    var text = String(decoding: bytes, as: UTF8.self)
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    if !spans.isEmpty { text = masked(text, spans) }
    return isUnreadable ? maskedBlocks(text) : text
  }

  private static func masked(_ text: String, _ spans: [SourceSpan]) -> String {
    let ordered = spans.sorted()
    var output = String.UnicodeScalarView()
    var place = Position(line: 1, column: 1)
    var next = 0
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      while next < ordered.count, ordered[next].end <= place { next += 1 }
      let isInside = next < ordered.count && ordered[next].start <= place
      let isBreak = breaks.contains(scalar)
      output.append(isInside && !isBreak && scalar != " " ? "*" : scalar)
      if isBreak {
        // A carriage return and the line feed after it end one line.
        if !(scalar == "\n" && previous == "\r") { place.line += 1 }
        place.column = 1
      } else {
        place.column += 1
      }
      previous = scalar
    }
    return String(output)
  }

  private static func maskedBlocks(_ text: String) -> String {
    var output = String.UnicodeScalarView()
    var inside: Int?
    var rest = text[...].unicodeScalars
    while !rest.isEmpty {
      // Every kind of line end, because lines are counted by them.
      let end = rest.firstIndex { breaks.contains($0) } ?? rest.endIndex
      output.append(contentsOf: masked(Substring(rest[..<end]), inside: &inside).unicodeScalars)
      rest = rest[end...]
      if let lineEnd = rest.popFirst() { output.append(lineEnd) }
    }
    return String(output)
  }

  /// - Parameter inside: how far the `secrets` is indented that the line before belongs to.
  private static func masked(_ line: Substring, inside: inout Int?) -> String {
    let indent = line.unicodeScalars.prefix { $0 == " " || $0 == "\t" }.count
    let content = line.unicodeScalars.dropFirst(indent)
    guard let first = content.first else { return String(line) }
    // A list may stand no deeper than the key it belongs to, and so does the value of a key with a question mark.
    if let depth = inside, indent < depth || indent == depth && first != "-" && first != ":" { inside = nil }
    if inside == nil, let key = secretsKey(in: line) {
      // After a brace or a comma the block may end anywhere, so that it is taken to end nowhere.
      inside = line[..<key].allSatisfy(lead.contains) ? indent : -1
      return line[..<key] + maskedAfterColon(line[key...])
    }
    return inside == nil ? String(line) : maskedAfterColon(line)
  }

  private static let breaks: Set<Unicode.Scalar> = ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"]

  /// Where `secrets` begins something: the line itself, or further on with a colon, and not in a comment.
  private static func secretsKey(in line: Substring) -> Substring.Index? {
    let isLetter = { (character: Character?) in character.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false }
    var rest = line
    while let found = rest.firstRange(of: "secrets") {
      let (before, behind) = (line[..<found.lowerBound], line[found.upperBound...])
      if before.allSatisfy(lead.contains) { return found.lowerBound }
      if before.contains("#") { return nil }
      if !isLetter(before.last), behind.drop(while: { " \"'".contains($0) }).first == ":" { return found.lowerBound }
      rest = behind
    }
    return nil
  }

  /// What may stand before the first key of a line.
  private static let lead: Set<Character> = [" ", "\t", "?", "-", "\"", "'"]

  /// A line without a colon goes on with a value that began above it.
  private static func maskedAfterColon(_ line: Substring) -> String {
    let scalars = line.unicodeScalars
    let begin = scalars.firstIndex(of: ":").map(scalars.index(after:)) ?? scalars.startIndex
    var output = String.UnicodeScalarView(scalars[..<begin])
    output.append(contentsOf: scalars[begin...].map { $0 == " " || $0 == "\t" ? $0 : "*" })
    return String(output)
  }
}
