/// Which characters of a text Jira's wiki markup would take for mark-up, and how they are written instead: as numeric entities,
/// because a backslash is an escape character to the CSV importer (facts jira-import sections 2.2 and 7).
struct WikiEscapes {
  /// Styles that are open around the text; their own sign inside would close them.
  var open: Set<Unicode.Scalar> = []

  /// Appends a text.
  /// - Parameters:
  ///   - next: what follows it; nil for the end of the line.
  ///   - isLineStart: whether it begins a line, where lists, headings and rules begin.
  func append(_ text: String, next: Unicode.Scalar?, isLineStart: Bool, to output: inout String.UnicodeScalarView) {
    if isPlain(text, isLineStart: isLineStart) { return output.append(contentsOf: text.unicodeScalars) }
    let scalars = Array(text.unicodeScalars)
    var begins = isLineStart
    var previous = output.last
    if isLineStart { previous = nil }
    for (index, scalar) in scalars.enumerated() {
      let following = index + 1 < scalars.count ? scalars[index + 1] : next
      if scalar == "\r" || scalar == "\n" {
        output.append("\n")
        (begins, previous) = (true, nil)
        continue
      }
      if begins, scalar == " " || scalar == "\t" {
        output.append(scalar)
        previous = scalar
        continue
      }
      let isMarkup =
        begins && beginsLine(scalars, index, next)
        || isAlwaysMarkup(scalar) || opensStyle(scalar, previous, following) || isSmiley(scalars, index)
      if scalar == "&" {
        if following.map({ $0 == "#" || WikiEscapes.isWord($0) }) ?? true {
          output.append(contentsOf: "&amp;".unicodeScalars)
        } else {
          output.append("&")
        }
      } else if isMarkup {
        output.append(contentsOf: "&#\(scalar.value);".unicodeScalars)
      } else {
        output.append(scalar)
      }
      begins = false
      previous = scalar
    }
  }

  /// Whether a text holds nothing but words, spaces and points, which mean themselves everywhere: most texts.
  private func isPlain(_ text: String, isLineStart: Bool) -> Bool {
    if isLineStart, let first = text.utf8.first, first == UInt8(ascii: "h") || first == UInt8(ascii: "b") { return false }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case 48...57, 65...90, 97...122, 32, UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "'"), UInt8(ascii: "\""): true
      default: false
      }
    }
  }

  private func isAlwaysMarkup(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "{", "}", "[", "]", "|", "\\", "^", "~", "!": true
    default: open.contains(scalar)
    }
  }

  /// A style begins where its sign stands before a word and not behind one, so that hyphens and underscores inside words stay.
  private func opensStyle(_ scalar: Unicode.Scalar, _ previous: Unicode.Scalar?, _ next: Unicode.Scalar?) -> Bool {
    switch scalar {
    case "*", "_", "-", "+":
      return !(previous.map(WikiEscapes.isWord) ?? false) && !(next.map(WikiEscapes.isBlank) ?? false)
    case "?": return next == "?" || previous == "?"
    default: return false
    }
  }

  /// What begins a list, a heading, a quotation or a rule.
  private func beginsLine(_ scalars: [Unicode.Scalar], _ index: Int, _ next: Unicode.Scalar?) -> Bool {
    func at(_ offset: Int) -> Unicode.Scalar? { index + offset < scalars.count ? scalars[index + offset] : nil }
    switch scalars[index] {
    case "*", "-", "#": return true
    case "h": return at(1).map { ("1"..."6").contains($0) } == true && at(2) == "."
    case "b": return at(1) == "q" && at(2) == "."
    default: return false
    }
  }

  private static let parenthesised: [String] = [
    "(/)", "(x)", "(!)", "(?)", "(+)", "(-)", "(*)", "(y)", "(n)", "(i)", "(on)", "(off)", "(*r)", "(*g)", "(*b)", "(*y)",
    "(flag)", "(flagoff)",
  ]
  private static let icons = parenthesised.map { Array($0.unicodeScalars) }

  private func isSmiley(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    switch scalars[index] {
    case "(": return WikiEscapes.icons.contains { scalars[index...].starts(with: $0) }
    case ":": return index + 1 < scalars.count && [")", "(", "P", "D", "|"].contains(scalars[index + 1])
    case ";": return index + 1 < scalars.count && scalars[index + 1] == ")"
    default: return false
    }
  }

  static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII
      ? (48...57).contains(scalar.value) || (65...90).contains(scalar.value) || (97...122).contains(scalar.value)
      : scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\n" || scalar == "\t" || scalar == "\u{A0}"
  }
}
