/// Which strings may stand in YAML without quotes, and how the others are quoted.
enum PlainStyle {
  /// The string as YAML: as it is, or in double quotes.
  static func written(_ text: String) -> String { isSafe(text) ? text : quoted(text) }

  /// Whether every reader of YAML 1.1 and 1.2 takes the bare text for exactly this string.
  static func isSafe(_ text: String) -> Bool {
    isPlainSyntax(text) && !words.contains(text) && !looksLikeNumber(text) && !looksLikeTime(text)
  }

  // MARK: What YAML's syntax allows

  private static func isPlainSyntax(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    guard let first = scalars.first, let last = scalars.last, last != " ", last != ":" else { return false }
    switch first {
    case " ", ",", "[", "]", "{", "}", "#", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`": return false
    case "-", "?", ":":
      // A mark only when white space follows; alone it is one too.
      if scalars.count == 1 || scalars[1] == " " { return false }
    default: break
    }
    if text.hasPrefix("---") || text.hasPrefix("...") { return false }
    for (index, scalar) in scalars.enumerated() {
      guard isPrintable(scalar) else { return false }
      if scalar == "#", index > 0, scalars[index - 1] == " " { return false }
      if scalar == " ", index > 0, scalars[index - 1] == ":" { return false }
    }
    return true
  }

  /// Tabs and every kind of line break count as not printable here: they are written as escapes.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: false
    default: true
    }
  }

  // MARK: What would be read as another type

  private static let words: Set<String> = {
    var words: Set<String> = ["~", "=", "<<", ".inf", ".Inf", ".INF", "+.inf", "-.inf", "+.Inf", "-.Inf", "+.INF", "-.INF"]
    words.formUnion([".nan", ".NaN", ".NAN", "y", "Y", "n", "N"])
    for word in ["null", "true", "false", "yes", "no", "on", "off"] {
      words.formUnion([word, word.prefix(1).uppercased() + word.dropFirst(), word.uppercased()])
    }
    return words
  }()

  /// Integers and floats of both versions: binary, octal, hexadecimal, with `_` between digits, in base 60.
  private static func looksLikeNumber(_ text: String) -> Bool {
    guard let first = text.utf8.first, (43...57).contains(first) else { return false }
    var scan = DigitScan(Array(text.utf8))
    scan.skipSign()
    let begin = scan
    if scan.skip("0") {
      if scan.skip("x") { return scan.skipDigits(or: { isHexLetter($0) || $0 == underscore }) > 0 && scan.isAtEnd }
      if scan.skip("o") || scan.skip("b") { return scan.skipDigits(or: { $0 == underscore }) > 0 && scan.isAtEnd }
    }
    scan = begin
    // Digits, then any mix of digits, points and colons with at most one exponent: wider than either version by a few strings
    // such as `3.10.13`, which YAML 1.1's own pattern for floats does match.
    let whole = scan.skipDigits(or: { $0 == underscore })
    guard whole > 0 || text.utf8.contains(UInt8(ascii: ".")) else { return false }
    let rest = scan.skipDigits(or: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") || $0 == underscore })
    guard whole + rest > 0 else { return false }
    if scan.skip("e") || scan.skip("E") {
      scan.skipSign()
      guard scan.skipDigits() > 0 else { return false }
    }
    return scan.isAtEnd
  }

  /// A date, alone or with a time: YAML 1.1 has a type for them.
  private static func looksLikeTime(_ text: String) -> Bool {
    var scan = DigitScan(Array(text.utf8))
    guard scan.skipDigits() == 4, scan.skip("-"), (1...2).contains(scan.skipDigits()), scan.skip("-"),
      (1...2).contains(scan.skipDigits())
    else { return false }
    return scan.isAtEnd || scan.skip("T") || scan.skip("t") || scan.skip(" ")
  }

  private static let underscore = UInt8(ascii: "_")
  private static func isHexLetter(_ byte: UInt8) -> Bool { (97...102).contains(byte) || (65...70).contains(byte) }

  // MARK: Double quotes

  private static func quoted(_ text: String) -> String {
    var output = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\t": output += "\\t"
      case "\r": output += "\\r"
      default:
        if isPrintable(scalar) {
          output.unicodeScalars.append(scalar)
        } else {
          let digits = String(scalar.value, radix: 16)
          output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      }
    }
    return output + "\""
  }
}
